package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.FakeProvider.Fault;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A payment that waits for its customer is known, asked about, and closed before it is undone. */
class AwaitedPaymentTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void whatTheCustomerHasToDoIsAnsweredRecordedAndAnsweredAgain() {
    try (Till till = new Till(DATABASE)) {
      PaymentAnswer answer = waiting(till, SandboxChannel.WALLET);

      assertThat(answer.outcome().state()).isEqualTo(State.PENDING);
      assertThat(answer.outcome().reason().map(Reason::code)).contains(Answer.AWAITING_CUSTOMER);
      assertThat(answer.nextAction()).containsInstanceOf(NextAction.Redirect.class);
      assertThat(till.state(till.charge)).isEqualTo(Operation.State.PENDING);
      assertThat(till.ledger.find(till.charge).orElseThrow().reference()).isPresent();
      assertThat(till.payments.charge(wallet(till))).isEqualTo(answer);
      assertThat(till.payments.query(till.charge)).isEqualTo(answer.by(SandboxChannel.WALLET));
      assertThat(till.provider.done("charge")).isEmpty();
    }
  }

  @Test
  void aRefundThatIsRefusedMeanwhileSaysWhatTheOrderWaitsFor() {
    Shop shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 10);
    try (Till till = new Till(DATABASE, shop.reserved("mug", 1))) {
      waiting(till, SandboxChannel.WALLET);
      Decision why = new Decision("op", Decision.Role.OPERATOR, "asked too early");
      RefundRequest request = new RefundRequest("a", new RefundRequest.All(), why);

      RefundDecision decision =
          till.payments.decideRefund(
              new PaymentActivities.RefundWish(till.order, request, Optional.empty()));

      assertThat(decision.status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
      assertThat(decision.refusal()).isPresent();
    }
  }

  @Test
  void theLedgerSaysThatTheOrderAwaitsItsPaymentUnlessItStandsElsewhere() {
    try (Till till = new Till(DATABASE);
        Till other = new Till(DATABASE)) {
      placed(till, "PLACED");
      placed(other, "ON_HOLD");
      waiting(till, SandboxChannel.WALLET);
      waiting(other, SandboxChannel.WALLET);

      assertThat(status(till)).isEqualTo("AWAITING_PAYMENT");
      assertThat(status(other)).isEqualTo("ON_HOLD");
    }
  }

  private static void placed(Till till, String status) {
    DATABASE.execute(
        """
        insert into sales_order
          (id, client_key, fingerprint, customer_id, status, currency, total, plan, document,
           refund_window_seconds)
        values ('%s', '%s', '%s', 'c', '%s', 'EUR', 1234, '{}', '{}', 0)
        """
            .formatted(till.order, till.order, "0".repeat(64), status));
  }

  private static String status(Till till) {
    return DATABASE
        .get(org.jdbi.v3.core.Jdbi.class)
        .withHandle(
            tx ->
                tx.createQuery("select status from sales_order where id = :id")
                    .bind("id", till.order.value())
                    .mapTo(String.class)
                    .one());
  }

  @Test
  void aQueryLearnsThatTheCustomerHasPaidAndAsksNoMore() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, SandboxChannel.WALLET);
      till.provider.customer(till.charge, "succeeded");

      PaymentAnswer paid = till.payments.query(till.charge);

      assertThat(paid.outcome().state()).isEqualTo(State.SUCCEEDED);
      assertThat(paid.nextAction()).isEmpty();
      assertThat(captured(till)).isEqualTo(1234);
      till.provider.close();
      assertThat(till.payments.query(till.charge)).isEqualTo(paid);
      assertThat(till.payments.charge(wallet(till)).by(SandboxChannel.WALLET)).isEqualTo(paid);
    }
  }

  @Test
  void aPaymentThatTheProviderHasNamedIsAskedAboutByThatName() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, SandboxChannel.WALLET);
      till.provider.customer(till.charge, "succeeded");
      till.provider.seeing(false);

      assertThat(till.payments.query(till.charge).outcome().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void aQueryLearnsThatTheCustomerHasGivenUp() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, SandboxChannel.WALLET);
      till.provider.customer(till.charge, "declined");

      Outcome declined = till.payments.query(till.charge).outcome();

      assertThat(declined.isDeclined()).isTrue();
      assertThat(declined.reason()).contains(new Reason("cancelled", "Not paid."));
      assertThat(captured(till)).isZero();
    }
  }

  @Test
  void whatWasNeverSentIsNotExecutedAndNobodyIsAsked() {
    try (Till till = new Till(DATABASE)) {
      till.provider.close();

      assertThat(till.payments.query(till.charge).outcome().state()).isEqualTo(State.NOT_EXECUTED);
    }
  }

  @Test
  void whatIsInDoubtIsNotExecutedOnlyAfterTheHorizonAndMayThenBeSentAgain() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_BEFORE);
      till.givenUp(() -> till.payments.charge(wallet(till)));

      assertThat(failure(() -> till.payments.query(till.charge)).getOriginalMessage())
          .contains("NOT_FOUND_YET");
      till.horizonPasses();

      assertThat(till.payments.query(till.charge).outcome().state()).isEqualTo(State.NOT_EXECUTED);
      assertThat(till.payments.charge(wallet(till)).outcome().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("charge")).hasSize(1);
    }
  }

  @Test
  void anotherAmountThanAskedIsNoPayment() {
    Shop shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 10);
    try (Till till = new Till(DATABASE, shop.reserved("mug", 1))) {
      waiting(till, SandboxChannel.WALLET);
      till.provider.changeAmount(till.charge, 1);
      till.provider.customer(till.charge, "succeeded");

      Outcome asked = till.payments.query(till.charge).outcome();

      assertThat(asked.isDeclined()).isTrue();
      assertThat(asked.reason().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
      assertThat(till.payments.close(till.charge).reason()).isEqualTo(asked.reason());
      assertThat(
              DATABASE.number(
                  "select captured_minor from payment where key = '" + till.charge + "'"))
          .isZero();
      assertThat(till.state(StepKey.of(till.order, Step.RECEIVE)))
          .isEqualTo(Operation.State.SUCCEEDED);
      assertThat(
              DATABASE.number(
                  "select amount_minor from provider_transaction t join operation o"
                      + " on o.reference = t.reference where o.step = 'RECEIVE'"
                      + " and o.order_id = '"
                      + till.order
                      + "'"))
          .as("what the provider says now, not what it said while the customer had not paid")
          .isEqualTo(
              DATABASE.number(
                  "select captured_minor from payment where order_id = '"
                      + till.order
                      + "' and captured_minor > 0"));
    }
  }

  @Test
  void whatTheProviderSaidWhileWeDiedIsAskedForAgain() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.WAITS);
      till.dieInTransaction(2);
      assertThatThrownBy(() -> till.payments.charge(wallet(till))).hasMessageContaining("killed");

      assertThat(failure(() -> till.payments.query(till.charge)).getNextRetryDelay()).isPositive();
      till.leasesEnd();

      assertThat(till.payments.query(till.charge).nextAction()).isPresent();
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void aClosedPaymentCanBePaidNoMoreAndTheNextKeyIsFree() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, SandboxChannel.WALLET);

      Outcome closed = till.payments.close(till.charge);

      assertThat(closed.isDeclined()).isTrue();
      assertThat(closed.reason().map(Reason::code)).contains("closed");
      assertThat(till.payments.close(till.charge).reason()).isEqualTo(closed.reason());
      assertThat(till.payments.charge(wallet(till)).outcome().isDeclined()).isTrue();
      assertThat(till.provider.posts()).isEqualTo(1);
      StepKey second = till.charge.next();
      Payment anotherTry = new Payment(second, "sandbox", "tok", Till.AMOUNT);
      assertThat(till.payments.charge(anotherTry).outcome().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void whatWasPaidBeforeItIsClosedIsPaid() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, SandboxChannel.WALLET);
      till.provider.customer(till.charge, "succeeded");

      assertThat(till.payments.close(till.charge).state()).isEqualTo(State.SUCCEEDED);
      assertThat(captured(till)).isEqualTo(1234);
      assertThat(till.payments.charge(wallet(till)).outcome().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void whatWasNeverSentIsClosedWithoutAWordToTheProvider() {
    try (Till till = new Till(DATABASE)) {
      assertThat(code(till.payments.close(till.charge))).isEqualTo("FENCED");

      assertThat(code(till.payments.charge(wallet(till)).outcome())).isEqualTo("FENCED");
      assertThat(code(till.payments.query(till.charge).outcome())).isEqualTo("FENCED");
      assertThat(till.provider.posts()).isZero();
    }
  }

  @Test
  void whatCertainlyDidNothingIsClosedForGood() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.ERROR_BEFORE);
      failure(() -> till.payments.charge(wallet(till)));

      assertThat(code(till.payments.close(till.charge))).isEqualTo("FENCED");
      assertThat(code(till.payments.charge(wallet(till)).outcome())).isEqualTo("FENCED");
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void whatIsInDoubtIsClosedOnlyWhenItCannotLandAnyMore() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_BEFORE);
      till.givenUp(() -> till.payments.charge(wallet(till)));

      assertThat(failure(() -> till.payments.close(till.charge)).getOriginalMessage())
          .contains("NOT_FOUND_YET");
      till.horizonPasses();

      assertThat(code(till.payments.close(till.charge))).isEqualTo("FENCED");
      assertThat(till.state(till.charge)).isEqualTo(Operation.State.DECLINED);
    }
  }

  @Test
  void anUndoClosesAtTheProviderFirstAndHasNothingToGiveBack() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, SandboxChannel.WALLET);

      assertThat(till.refund()).isEqualTo(Outcome.succeeded());

      assertThat(till.state(till.charge)).isEqualTo(Operation.State.DECLINED);
      assertThat(till.provider.done("charge")).isEmpty();
      assertThat(till.provider.done("refund")).isEmpty();
    }
  }

  @Test
  void anUndoClosesAnAuthorizationTooAndHasNothingToVoid() {
    try (Till till = new Till(DATABASE)) {
      StepKey authorize = StepKey.of(till.order, Step.AUTHORIZE);
      till.provider.next(Fault.WAITS);
      PaymentAnswer answer =
          till.payments.authorize(
              new Payment(authorize, SandboxChannel.WALLET, "tok", Till.AMOUNT));
      assertThat(answer.nextAction()).isPresent();

      Reversal undo = new Reversal(StepKey.of(till.order, Step.VOID), authorize);

      assertThat(till.payments.voidAuthorization(undo)).isEqualTo(Outcome.succeeded());
      assertThat(till.state(authorize)).isEqualTo(Operation.State.DECLINED);
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void whereNothingCanBeClosedAnUndoAsksUntilTheCustomersTimeIsOver() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, "sandbox");

      assertThat(failure(till::refund).getType()).isEqualTo("PENDING");
      assertThat(failure(() -> till.payments.close(till.charge)).getType()).isEqualTo("PENDING");
      till.provider.expires(till.charge);

      assertThat(till.refund()).isEqualTo(Outcome.succeeded());
      assertThat(till.ledger.find(till.charge).orElseThrow().reason().map(Reason::code))
          .contains("EXPIRED");
    }
  }

  @Test
  void whereNothingCanBeClosedWhatAppearsIsGivenBack() {
    try (Till till = new Till(DATABASE)) {
      waiting(till, "sandbox");
      failure(till::refund);
      till.provider.customer(till.charge, "succeeded");

      assertThat(till.refund().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("refund")).hasSize(1);
    }
  }

  private static PaymentAnswer waiting(Till till, String channel) {
    till.provider.next(Fault.WAITS);
    return till.payments.charge(new Payment(till.charge, channel, "tok", Till.AMOUNT));
  }

  private static Payment wallet(Till till) {
    return new Payment(till.charge, SandboxChannel.WALLET, "tok", Till.AMOUNT);
  }

  private static String code(Outcome outcome) {
    assertThat(outcome.isDeclined()).isTrue();
    return outcome.reason().map(Reason::code).orElseThrow();
  }

  private static long captured(Till till) {
    return DATABASE.number(
        "select captured_minor from payment where order_id = '" + till.order + "'");
  }
}
