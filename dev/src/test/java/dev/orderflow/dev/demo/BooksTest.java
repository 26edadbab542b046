package dev.orderflow.dev.demo;

import static dev.orderflow.dev.demo.Movement.Kind.AUTHORIZATION;
import static dev.orderflow.dev.demo.Movement.Kind.CHARGE;
import static dev.orderflow.dev.demo.Movement.Kind.REFUND;
import static dev.orderflow.dev.demo.Movement.Kind.VOID;
import static dev.orderflow.workflows.order.OrderStatus.CANCELLED;
import static dev.orderflow.workflows.order.OrderStatus.COMPLETED;
import static dev.orderflow.workflows.order.OrderStatus.REFUNDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** Given what the places say, when the books are checked, then everything wrong is named. */
class BooksTest {

  private static final Scenario SALE =
      Scenario.named("sale")
          .buys(2, Shop.BEANS)
          .buys(1, Shop.PARCEL)
          .ends(COMPLETED, REFUNDED, CANCELLED)
          .owes("EUR 42.70");
  private static final OrderId ORDER = OrderId.ofKey("sale");

  private final List<Movement> movements = new ArrayList<>();
  private final List<SandboxLogs.Mail> mails = new ArrayList<>();
  private final Map<String, Evidence.Stock> stock = new HashMap<>();
  private final Map<String, Evidence.Uses> uses = new HashMap<>();
  private final Map<String, Integer> rewards = new HashMap<>();
  private final Map<OrderId, OrderStatus> ledger = new HashMap<>();
  private final Map<OrderId, OrderStatus> listed = new HashMap<>();

  BooksTest() {
    Shop.STOCK.forEach((article, initial) -> stock.put(article, new Evidence.Stock(initial, 0)));
  }

  @Test
  void aSaleThatAddsUpIsBalanced() {
    givenTheSale();
    assertThat(check(COMPLETED)).isEmpty();
  }

  @Test
  void aSecondChargeIsNamedWithTheOrderAndBothAmounts() {
    givenTheSale();
    movements.add(movement("ch_2", CHARGE, "EUR 42.70"));
    assertThat(check(COMPLETED))
        .contains(
            new Violation(
                "sale, charged less refunded by the provider's log", "EUR 42.70", "EUR 85.40"),
            new Violation("sale", "at most one charge", "2 charges"));
  }

  @Test
  void aSecondChargeIsNamedEvenWhenItWasRefunded() {
    givenTheSale();
    movements.add(movement("ch_2", CHARGE, "EUR 42.70"));
    movements.add(movement("re_2", REFUND, "EUR 42.70"));
    assertThat(check(COMPLETED))
        .containsExactly(new Violation("sale", "at most one charge", "2 charges"));
  }

  @Test
  void aDeclinedRefundGivesNothingBack() {
    givenItWasTakenBack(REFUNDED);
    movements.add(movement("ch_1", CHARGE, "EUR 42.70"));
    movements.add(declined("re_1", REFUND, "EUR 42.70"));
    mail("confirm");
    mail("correct");
    assertThat(check(REFUNDED)).extracting(Violation::found).containsExactly("EUR 42.70");
  }

  @Test
  void aRefundIsToldWhetherOrNotTheOrderWasConfirmedBefore() {
    givenItWasTakenBack(REFUNDED);
    movements.add(movement("ch_1", CHARGE, "EUR 42.70"));
    movements.add(movement("re_1", REFUND, "EUR 42.70"));
    mail("confirm");
    assertThat(check(REFUNDED)).extracting(Violation::found).containsExactly("[confirm]");
    mail("correct");
    assertThat(check(REFUNDED)).isEmpty();
  }

  @Test
  void moneyThatStaysSetAsideIsNamed() {
    givenItWasTakenBack(CANCELLED);
    movements.add(movement("auth_1", AUTHORIZATION, "EUR 42.70"));
    assertThat(check(CANCELLED))
        .containsExactly(
            new Violation(
                "sale, authorization auth_1", "captured or voided", "EUR 42.70 still set aside"));
    movements.add(
        new Movement(
            ORDER.value(),
            VOID,
            Movement.Result.SUCCEEDED,
            "void_1",
            Optional.of("auth_1"),
            Money.parse("EUR 42.70")));
    assertThat(check(CANCELLED)).isEmpty();
  }

  @Test
  void stockThatStaysReservedAndStockThatIsMissingAreNamed() {
    givenTheSale();
    stock.put(Shop.BEANS, new Evidence.Stock(97, 1));
    assertThat(check(COMPLETED))
        .extracting(Violation::order)
        .containsExactly("stock of " + Shop.BEANS);
  }

  @Test
  void theSameMailTwiceIsOneMail_twoMailsAreOneTooMany() {
    givenTheSale();
    mail("confirm");
    assertThat(check(COMPLETED)).isEmpty();
    mail("again");
    assertThat(check(COMPLETED))
        .extracting(Violation::expected)
        .containsExactly("one of [[confirm]]");
  }

  @Test
  void aConfirmationThatMustHaveGoneBeforeTheRefundIsMissed() {
    givenItWasTakenBack(REFUNDED);
    mail("correct");
    assertThat(check(REFUNDED)).isEmpty();
    assertThat(check(SALE.then(new Act.AwaitCompletion()), REFUNDED))
        .extracting(Violation::found)
        .containsExactly("[correct]");
  }

  @Test
  void aMailAboutAnOrderThatNeverCompletedIsNamed() {
    givenItWasTakenBack(CANCELLED);
    mail("confirm");
    assertThat(check(CANCELLED)).extracting(Violation::expected).containsExactly("one of [[]]");
  }

  @Test
  void aLedgerAndAListThatSayOtherwiseAreNamed() {
    givenTheSale();
    ledger.put(ORDER, OrderStatus.PLACED);
    listed.remove(ORDER);
    assertThat(check(COMPLETED)).hasSize(2);
  }

  @Test
  void aCouponThatIsUsedByNobodyIsNamed() {
    givenTheSale();
    uses.put(Shop.WELCOME, new Evidence.Uses(1, 0));
    assertThat(check(COMPLETED))
        .extracting(Violation::order)
        .containsExactly("coupon " + Shop.WELCOME);
  }

  @Test
  void aRewardForTooLittleIsNamed() {
    givenTheSale();
    rewards.put(Shop.customer(SALE).value(), 1);
    assertThat(check(COMPLETED))
        .extracting(Violation::order)
        .containsExactly("sale, reward coupons");
  }

  @Test
  void aChargeForAnOrderThatNobodyPlacedIsNamed() {
    givenTheSale();
    movements.add(
        new Movement(
            "ord-of-nobody",
            CHARGE,
            Movement.Result.SUCCEEDED,
            "ch_9",
            Optional.empty(),
            Money.parse("EUR 1.00")));
    assertThat(check(COMPLETED)).extracting(Violation::order).containsExactly("ord-of-nobody");
  }

  private void givenTheSale() {
    movements.add(movement("ch_1", CHARGE, "EUR 42.70"));
    stock.put(Shop.BEANS, new Evidence.Stock(98, 0));
    mail("confirm");
    ledger.put(ORDER, COMPLETED);
    listed.put(ORDER, COMPLETED);
  }

  private void givenItWasTakenBack(OrderStatus ending) {
    ledger.put(ORDER, ending);
    listed.put(ORDER, ending);
  }

  private void mail(String about) {
    mails.add(
        new SandboxLogs.Mail(
            "<" + ORDER + "." + about + "@shop>", List.of(SALE.mailAddress()), about));
  }

  private static Movement movement(String id, Movement.Kind kind, String amount) {
    return new Movement(
        ORDER.value(), kind, Movement.Result.SUCCEEDED, id, Optional.empty(), Money.parse(amount));
  }

  private static Movement declined(String id, Movement.Kind kind, String amount) {
    return new Movement(
        ORDER.value(), kind, Movement.Result.DECLINED, id, Optional.empty(), Money.parse(amount));
  }

  private List<Violation> check(OrderStatus told) {
    return check(SALE, told);
  }

  private List<Violation> check(Scenario scenario, OrderStatus told) {
    return Books.check(
        List.of(new Account(scenario, ORDER, told)),
        new Evidence(movements, mails, stock, uses, rewards, ledger, listed));
  }
}
