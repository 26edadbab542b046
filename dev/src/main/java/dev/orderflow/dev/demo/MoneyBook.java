package dev.orderflow.dev.demo;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.joda.money.Money;

/** Whether the provider holds of each order what its customer owes, by the provider's own log. */
record MoneyBook(List<Account> accounts, List<Movement> movements) {

  void check(Findings findings) {
    accounts.forEach(account -> checkBalance(account, findings));
    accounts.forEach(account -> checkAuthorizations(account, findings));
    checkStrangers(findings);
  }

  /** What the provider took for the order, less what it gave back. */
  static Money balance(List<Movement> ofOrder, Money zero) {
    Money balance = zero;
    for (Movement movement : ofOrder) {
      if (movement.succeeded()) {
        balance = balance.plus(movement.kind().change(movement.amount()));
      }
    }
    return balance;
  }

  private void checkBalance(Account account, Findings findings) {
    List<Movement> ofOrder = movementsOf(account);
    findings.expect(
        account.name() + ", charged less refunded by the provider's log",
        account.owed(),
        balance(ofOrder, Money.zero(account.owed().getCurrencyUnit())));
    long taken = ofOrder.stream().filter(m -> m.succeeded() && m.kind().takes()).count();
    if (taken > 1 && !account.scenario().isPaidUnasked()) {
      findings.wrong(account.name(), "at most one charge", taken + " charges");
    }
  }

  /** Money that is set aside is taken or let go. */
  private void checkAuthorizations(Account account, Findings findings) {
    List<Movement> ofOrder = movementsOf(account);
    Set<String> settled =
        ofOrder.stream()
            .filter(Movement::succeeded)
            .flatMap(movement -> movement.parent().stream())
            .collect(Collectors.toSet());
    ofOrder.stream()
        .filter(m -> m.succeeded() && m.kind() == Movement.Kind.AUTHORIZATION)
        .filter(m -> !settled.contains(m.id()))
        .forEach(
            m ->
                findings.wrong(
                    account.name() + ", authorization " + m.id(),
                    "captured or voided",
                    m.amount() + " still set aside"));
  }

  /** The provider was never asked for an order that nobody placed. */
  private void checkStrangers(Findings findings) {
    Set<String> orders =
        accounts.stream().map(account -> account.order().value()).collect(Collectors.toSet());
    movements.stream()
        .filter(movement -> !orders.contains(movement.reference()))
        .forEach(
            movement -> findings.wrong(movement.reference(), "an order of ours", "" + movement));
  }

  private List<Movement> movementsOf(Account account) {
    return movements.stream()
        .filter(movement -> movement.reference().equals(account.order().value()))
        .toList();
  }
}
