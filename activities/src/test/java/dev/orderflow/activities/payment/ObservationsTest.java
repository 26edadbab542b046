package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Money that comes late, twice or otherwise than asked: each as its policy says, and once. */
class ObservationsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @TempDir Path folder;
  private OrderId order;
  private SandboxTill till;
  private StepKey receive;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 1000);
  }

  @BeforeEach
  void start() {
    order = shop.reserved("mug", 1);
    till = new SandboxTill(DATABASE, folder, order, Optional.empty());
    receive = StepKey.of(order, Step.RECEIVE);
  }

  @AfterEach
  void stop() {
    till.close();
  }

  @Test
  void moneyThatComesAfterThePaymentWasClosedIsBookedAndGivenBackOnce() {
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    assertThat(observed()).isEmpty();

    till.bookByHand(till.reference(till.charge));

    Undo undo = new Undo(StepKey.of(order, Step.REFUND), receive);
    assertThat(observed()).containsExactly(undo);
    assertThat(observed()).containsExactly(undo);
    assertThat(till.ledger.find(till.charge).orElseThrow().state())
        .isEqualTo(Operation.State.DECLINED);
    assertThat(captured(till.charge)).isZero();
    assertThat(captured(receive)).isEqualTo(1234);
    assertGivenBack(undo);
    assertThat(observed()).isEmpty();
    assertThat(till.done("refund")).hasSize(1);
  }

  @Test
  void moneyThatComesAfterADeclineIsGivenBack() {
    assertThat(till.charge(till.charge, "sandbox", "decline:card_declined").outcome().isDeclined())
        .isTrue();

    till.bookByHand(till.reference(till.charge));

    List<Undo> undos = observed();
    assertThat(undos).extracting(Undo::forward).containsExactly(receive);
    assertGivenBack(undos.get(0));
    assertThat(observed()).isEmpty();
  }

  @Test
  void moneyThatComesAfterTheOrderWasTakenBackIsGivenBack() {
    till.wallet(till.charge, "async-never");
    for (Undo undo : shop.beginUndo(order, OrderStatus.CANCELLED).undos()) {
      if (undo.key().step() == Step.REFUND) {
        assertGivenBack(undo);
      }
    }
    assertThat(observed()).isEmpty();

    till.bookByHand(till.reference(till.charge));

    List<Undo> undos = observed();
    assertThat(undos).extracting(Undo::forward).containsExactly(receive);
    assertThat(undos.get(0).key().n()).isEqualTo(2);
    assertGivenBack(undos.get(0));
    assertThat(observed()).isEmpty();
    assertThat(till.done("refund")).hasSize(1);
  }

  @Test
  void whatIsFoundPaidWhenTheOrderIsTakenBackIsGivenBackToo() {
    till.charge(till.charge, "sandbox", "async-never");
    shop.beginUndo(order, OrderStatus.CANCELLED);

    till.click(till.charge);

    List<Undo> undos = observed();
    assertThat(undos).extracting(Undo::forward).containsExactly(till.charge);
    assertGivenBack(undos.get(0));
    assertThat(observed()).isEmpty();
  }

  @Test
  void ofAnOrderPaidTwiceTheSecondIsGivenBackAlsoWhereItWasClosed() {
    StepKey second = till.charge.next();
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    till.wallet(second, "approve");

    till.bookByHand(till.reference(till.charge));

    List<Undo> undos = observed();
    assertThat(undos).extracting(Undo::forward).containsExactly(receive);
    assertGivenBack(undos.get(0));
    assertThat(observed()).isEmpty();
    assertThat(captured(second)).isEqualTo(1234);
  }

  @Test
  void ofTwoPaymentsThatBothWentThroughTheFirstIsKept() {
    StepKey second = till.charge.next();
    till.wallet(till.charge, "async-never");
    till.charge(second, "sandbox", "approve");
    assertThat(observed()).isEmpty();

    till.click(till.charge);

    List<Undo> undos = observed();
    assertThat(undos).extracting(Undo::forward).containsExactly(till.charge);
    assertGivenBack(undos.get(0));
    assertThat(observed()).isEmpty();
  }

  @Test
  void lateMoneyOfAnotherAmountIsBookedAndHeldForAPerson() {
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);

    till.bookByHand(till.reference(till.charge), Money.parse("EUR 1.00"));

    assertHeld(Money.parse("EUR 1.00"));
  }

  @Test
  void lateMoneyOfAnotherCurrencyIsBookedAndHeldForAPerson() {
    till.charge(till.charge, "sandbox", "decline:card_declined");

    till.bookByHand(till.reference(till.charge), Money.parse("USD 12.34"));

    assertHeld(Money.parse("USD 12.34"));
  }

  @Test
  void aPaymentThatIsWaitedForAndComesInAnotherCurrencyIsDeclinedAndHeldForAPerson() {
    till.wallet(till.charge, "async-never");

    till.bookByHand(till.reference(till.charge), Money.parse("USD 12.34"));

    Outcome asked = till.payments.query(till.charge).outcome();
    assertThat(asked.isDeclined()).isTrue();
    assertThat(asked.reason().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
    assertHeld(Money.parse("USD 12.34"));
  }

  @Test
  void whatIsFineOrWaitsIsLeftAlone() {
    assertThat(observed()).isEmpty();
    till.wallet(till.charge, "async-never");
    assertThat(observed()).isEmpty();

    till.click(till.charge);

    assertThat(observed()).isEmpty();
    assertThat(till.ledger.find(till.charge).orElseThrow().state())
        .isEqualTo(Operation.State.SUCCEEDED);
    assertThat(captured(till.charge)).isEqualTo(1234);
  }

  @Test
  void twoThatLookAtOnceBookItOnce() {
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    till.bookByHand(till.reference(till.charge));

    List<AtOnce.Result<List<Undo>>> results =
        AtOnce.run(List.of(this::observed, this::observed, this::observed));

    assertThat(results)
        .allSatisfy(
            result ->
                assertThat(result.value()).extracting(Undo::forward).containsExactly(receive));
    assertThat(till.ledger.find(receive.next())).isEmpty();
  }

  @Test
  void aProviderThatDoesNotAnswerIsAskedAgain() {
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    till.providerDies();

    assertThat(failure(this::observed).getType()).isEqualTo("UNKNOWN");
  }

  private List<Undo> observed() {
    return till.payments.observe(order).undos();
  }

  private void assertGivenBack(Undo undo) {
    Outcome outcome = till.payments.refund(new Reversal(undo.key(), undo.forward()));
    assertThat(outcome.state()).isEqualTo(State.SUCCEEDED);
  }

  private void assertHeld(Money came) {
    for (int often = 0; often < 2; often++) {
      assertThat(observed())
          .singleElement()
          .satisfies(
              undo -> {
                assertThat(undo.forward()).isEqualTo(receive);
                assertThat(undo.held().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
              });
    }
    assertThat(captured(till.charge)).isZero();
    assertThat(captured(receive)).isEqualTo(came.getAmountMinorLong());
    assertThat(till.ledger.find(receive.next())).isEmpty();
    assertGivenBack(observed().get(0));
    assertThat(observed()).isEmpty();
    assertThat(till.done("refund"))
        .singleElement()
        .satisfies(
            refund ->
                assertThat(refund.path("currency").asText())
                    .isEqualTo(came.getCurrencyUnit().getCode()));
  }

  private static long captured(StepKey key) {
    return DATABASE.number("select captured_minor from payment where key = '" + key + "'");
  }
}
