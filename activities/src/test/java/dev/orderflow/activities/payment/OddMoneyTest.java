package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.PaymentBalance.Sum;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another amount or currency than was asked for: a decline, and money that a person decides on. */
class OddMoneyTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Money NOTHING = Money.parse("EUR 0");
  private static final Money TEN = Money.parse("EUR 10.00");

  private static Shop shop;

  private BankTill till;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 100_000);
  }

  @BeforeEach
  void start() {
    till = new BankTill(DATABASE, shop);
  }

  private void assertHeld(Undo undo, Money came) {
    assertThat(undo.forward()).isEqualTo(till.key(Step.RECEIVE, 1));
    assertThat(undo.held().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
    assertThat(undo.held().orElseThrow().message()).contains(came.toString());
    assertThat(till.booked(Step.RECEIVE)).isEqualTo(1);
  }

  @Test
  void aChargeOfAnotherAmountIsDeclinedAndAnotherAttemptMayFollow() {
    till.bank.takes(TEN);
    Outcome outcome = till.pay();
    assertThat(outcome.isDeclined()).isTrue();
    assertThat(outcome.reason().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
    assertThat(till.pay()).isEqualTo(outcome);

    till.bank.takes(BankTill.AMOUNT);
    Payment second = new Payment(till.charge.next(), Bank.NAME, "tok", BankTill.AMOUNT);
    assertThat(till.payments.charge(second).outcome().state()).isEqualTo(State.SUCCEEDED);

    Undo held = till.observed();
    assertHeld(held, TEN);
    assertThat(till.undo(held).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.bank.refunds()).extracting(ProviderTransaction::amount).containsExactly(TEN);
    assertThat(till.observe()).isEmpty();
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void whatAPersonKeepsIsNeverProposedAgain() {
    till.bank.takes(TEN);
    till.pay();

    till.payments.giveUp(till.observed());

    assertThat(till.observe()).isEmpty();
    assertThat(till.takeBack()).isEmpty();
    assertThat(till.observe()).isEmpty();
    assertThat(till.balance().left()).isEqualTo(TEN);
  }

  @Test
  void whatWasGivenBackByHandIsBelieved() {
    till.bank.takes(TEN);
    till.pay();
    Undo held = till.observed();
    String reference = till.bank.dashboardRefund(till.charge, "EUR 10.00");

    assertThat(till.accept(held, reference)).isEqualTo(Outcome.succeeded(reference));

    assertThat(till.observe()).isEmpty();
    assertThat(till.balance().left()).isEqualTo(NOTHING);
    assertThat(till.bank.refunds()).isEmpty();
  }

  @Test
  void whatWasGivenBackByHandAndHeardOfFirstNeedsNothingMore() {
    till.bank.takes(TEN);
    till.pay();
    till.bank.dashboardRefund(till.charge, "EUR 10.00");
    Undo held = till.observed();

    assertThat(till.undo(held)).isEqualTo(Outcome.succeeded());

    assertThat(till.bank.refunds()).isEmpty();
    assertThat(till.observe()).isEmpty();
  }

  @Test
  void aPartialCaptureIsADeclineAndItsOrderIsTakenBackWithoutGettingStuck() {
    till.bank.takes(TEN);
    Outcome capture = till.authorizeAndCapture();
    assertThat(capture.isDeclined()).isTrue();
    assertThat(capture.reason().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);

    List<Undo> undos = till.takeBack();

    assertThat(undos)
        .extracting(Undo::forward)
        .containsExactly(till.key(Step.RECEIVE, 1), till.key(Step.AUTHORIZE, 1));
    assertHeld(undos.get(0), TEN);
    assertThat(till.undo(undos.get(1))).isEqualTo(Outcome.succeeded());
    assertThat(till.asked(CallKind.VOID)).isZero();
    assertThat(till.undo(undos.get(0)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.takeBack()).isEmpty();
    assertThat(till.balance().left()).isEqualTo(NOTHING);
  }

  @Test
  void anAuthorizationThatComesTooLateIsVoidedOnce() {
    StepKey hold = till.key(Step.AUTHORIZE, 1);
    till.bank.isDown(true);
    Payment payment = new Payment(hold, Bank.NAME, "tok", BankTill.AMOUNT);
    assertThat(failure(() -> till.payments.authorize(payment)).getType()).isEqualTo("NOT_EXECUTED");
    till.bank.isDown(false);
    assertThat(till.takeBack()).isEmpty();
    till.bank.authorizes(hold, BankTill.AMOUNT);

    assertThat(till.observe()).isEmpty();
    assertThat(till.observe()).isEmpty();

    assertThat(till.asked(CallKind.VOID)).isEqualTo(1);
    assertThat(till.state(till.key(Step.VOID, 1))).contains(Operation.State.SUCCEEDED);
    assertThat(till.booked(Step.RECEIVE)).isZero();
  }

  @Test
  void anotherCurrencyIsShownForItself() {
    till.bank.takes(Money.parse("USD 12.34"));
    till.pay();
    till.bank.takes(BankTill.AMOUNT);
    till.payments.charge(new Payment(till.charge.next(), Bank.NAME, "tok", BankTill.AMOUNT));

    PaymentBalance balance = till.balance();

    assertThat(balance.captured()).isEqualTo(BankTill.AMOUNT);
    assertThat(balance.left()).isEqualTo(BankTill.AMOUNT);
    Money none = Money.parse("USD 0");
    assertThat(balance.others())
        .containsExactly(new Sum(Money.parse("USD 12.34"), none, none, Money.parse("USD 12.34")));
    assertThat(till.undo(till.observed()).state()).isEqualTo(State.SUCCEEDED);
    assertThat(till.balance().others().get(0).left()).isEqualTo(none);
    assertThat(till.balance().left()).isEqualTo(BankTill.AMOUNT);
  }

  @Test
  void ofAnOrderThatIsTakenBackWhatCameInAnotherCurrencyIsHeldToo() {
    till.bank.takes(Money.parse("USD 12.34"));
    till.pay();

    List<Undo> undos = till.takeBack();

    assertThat(undos).hasSize(1);
    assertHeld(undos.get(0), Money.parse("USD 12.34"));
    assertThat(till.state(till.charge)).contains(Operation.State.DECLINED);
  }
}
