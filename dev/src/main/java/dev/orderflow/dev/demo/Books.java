package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * The audit: whether money, stock, coupons, mails and statuses agree with how the orders ended.
 * Nothing here asks a workflow what it did.
 */
final class Books {

  private final List<Account> accounts;
  private final Evidence evidence;
  private final List<Violation> violations = new ArrayList<>();

  /**
   * An order as its customer knows it.
   *
   * @param status what the client was told at the end
   */
  record Account(Scenario scenario, OrderId order, OrderStatus status) {

    String name() {
      return scenario.name();
    }

    boolean isCompleted() {
      return status == OrderStatus.COMPLETED;
    }

    Money owed() {
      Money price = scenario.basket().price();
      return isCompleted() ? price : Money.zero(price.getCurrencyUnit());
    }
  }

  private Books(List<Account> accounts, Evidence evidence) {
    this.accounts = accounts;
    this.evidence = evidence;
  }

  /** Everything that is not as it must be; empty when the books are balanced. */
  static List<Violation> check(List<Account> accounts, Evidence evidence) {
    Books books = new Books(accounts, evidence);
    accounts.forEach(books::checkMoney);
    accounts.forEach(books::checkAuthorizations);
    accounts.forEach(books::checkMails);
    accounts.forEach(books::checkStatus);
    accounts.forEach(books::checkReward);
    books.checkStock();
    books.checkCoupons();
    books.checkStrangers();
    return List.copyOf(books.violations);
  }

  private void expect(String what, Object expected, Object found) {
    if (!expected.equals(found)) {
      violations.add(new Violation(what, expected.toString(), found.toString()));
    }
  }

  /** What the provider took for the order, less what it gave back. */
  static Money balance(List<Movement> ofOrder, Money zero) {
    Money balance = zero;
    for (Movement movement : ofOrder) {
      if (movement.succeeded() && movement.kind().takes()) {
        balance = balance.plus(movement.amount());
      } else if (movement.succeeded() && movement.kind() == Movement.Kind.REFUND) {
        balance = balance.minus(movement.amount());
      }
    }
    return balance;
  }

  private void checkMoney(Account account) {
    List<Movement> movements = movementsOf(account);
    Money zero = Money.zero(account.owed().getCurrencyUnit());
    expect(
        account.name() + ", charged less refunded by the provider's log",
        account.owed(),
        balance(movements, zero));
    long taken = movements.stream().filter(m -> m.succeeded() && m.kind().takes()).count();
    if (taken > 1) {
      violations.add(new Violation(account.name(), "at most one charge", taken + " charges"));
    }
  }

  /** Money that is set aside is taken or let go. */
  private void checkAuthorizations(Account account) {
    List<Movement> movements = movementsOf(account);
    Set<String> settled =
        movements.stream()
            .filter(Movement::succeeded)
            .flatMap(movement -> movement.parent().stream())
            .collect(Collectors.toSet());
    movements.stream()
        .filter(m -> m.succeeded() && m.kind() == Movement.Kind.AUTHORIZATION)
        .filter(m -> !settled.contains(m.id()))
        .forEach(
            m ->
                violations.add(
                    new Violation(
                        account.name() + ", authorization " + m.id(),
                        "captured or voided",
                        m.amount() + " still set aside")));
  }

  /** One distinct mail per message due; transmissions of the same one collapse. */
  private void checkMails(Account account) {
    String address = account.scenario().mailAddress();
    List<String> told =
        evidence.mails().stream()
            .filter(mail -> mail.to().contains(address))
            .map(SandboxLogs.Mail::messageId)
            .distinct()
            .map(id -> what(account, id))
            .sorted()
            .toList();
    List<List<String>> due = due(account);
    if (!due.contains(told)) {
      violations.add(
          new Violation(
              account.name() + ", " + account.status() + ", mails", "one of " + due, "" + told));
    }
  }

  private static List<List<String>> due(Account account) {
    String confirmation = Step.CONFIRM.word();
    String correction = Step.CORRECT.word();
    List<String> both = List.of(confirmation, correction);
    return switch (account.status()) {
      case COMPLETED -> List.of(List.of(confirmation));
      // A cancel between the commit and the confirmation leaves only the second to be sent.
      case REFUNDED ->
          account.scenario().awaitsCompletion()
              ? List.of(both)
              : List.of(both, List.of(correction));
      default -> List.of(List.of());
    };
  }

  /** A Message-ID is made of the order and of what it is told; any other stands for itself. */
  private static String what(Account account, String messageId) {
    return Stream.of(Step.CONFIRM, Step.CORRECT)
        .map(Step::word)
        .filter(word -> messageId.contains(account.order() + "." + word + "@"))
        .findFirst()
        .orElse(messageId);
  }

  private void checkStatus(Account account) {
    if (!account.scenario().endings().contains(account.status())) {
      violations.add(
          new Violation(
              account.name(), "to end as " + account.scenario().endings(), "" + account.status()));
    }
    expect(
        account.name() + ", status in the ledger",
        account.status().name(),
        word(evidence.ledger().get(account.order())));
    expect(
        account.name() + ", status as search attribute",
        account.status().name(),
        word(evidence.searchAttributes().get(account.order())));
  }

  private static String word(OrderStatus status) {
    return status == null ? "none" : status.name();
  }

  private void checkReward(Account account) {
    boolean due = account.isCompleted() && !account.owed().isLessThan(Shop.REWARD_FROM);
    expect(
        account.name() + ", reward coupons",
        due ? 1 : 0,
        evidence.rewards().getOrDefault(Shop.customer(account.scenario()).value(), 0));
  }

  private void checkStock() {
    Map<String, Integer> sold =
        completed()
            .flatMap(account -> account.scenario().basket().items().stream())
            .collect(
                Collectors.groupingBy(
                    Basket.Item::article, Collectors.summingInt(Basket.Item::quantity)));
    Shop.STOCK.forEach(
        (article, initial) ->
            expect(
                "stock of " + article,
                new Evidence.Stock(initial - sold.getOrDefault(article, 0), 0),
                evidence.stock().getOrDefault(article, new Evidence.Stock(0, 0))));
  }

  private void checkCoupons() {
    Map<String, Long> redeemed =
        completed()
            .flatMap(account -> account.scenario().basket().coupon().stream())
            .collect(Collectors.groupingBy(code -> code, Collectors.counting()));
    Set<String> codes = new HashSet<>(redeemed.keySet());
    codes.addAll(evidence.uses().keySet());
    for (String code : codes) {
      expect(
          "coupon " + code,
          new Evidence.Uses(0, redeemed.getOrDefault(code, 0L).intValue()),
          evidence.uses().getOrDefault(code, Evidence.Uses.NONE));
    }
  }

  /** The provider was never asked for an order that nobody placed, and no stranger got a mail. */
  private void checkStrangers() {
    Set<String> orders =
        accounts.stream().map(account -> account.order().value()).collect(Collectors.toSet());
    evidence.movements().stream()
        .filter(movement -> !orders.contains(movement.reference()))
        .forEach(
            movement ->
                violations.add(
                    new Violation(movement.reference(), "an order of ours", "" + movement)));
    Set<String> addresses =
        accounts.stream()
            .map(account -> account.scenario().mailAddress())
            .collect(Collectors.toSet());
    evidence.mails().stream()
        .filter(mail -> !addresses.containsAll(mail.to()))
        .forEach(
            mail ->
                violations.add(
                    new Violation(
                        "mail " + mail.messageId(), "a customer of ours", "" + mail.to())));
  }

  private Stream<Account> completed() {
    return accounts.stream().filter(Account::isCompleted);
  }

  private List<Movement> movementsOf(Account account) {
    return evidence.movements().stream()
        .filter(movement -> movement.reference().equals(account.order().value()))
        .toList();
  }
}
