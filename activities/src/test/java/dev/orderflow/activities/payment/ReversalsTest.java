package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.FakeProvider.Fault;
import dev.orderflow.workflows.payment.PaymentActivities.Capture;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was taken is given back once; what was not taken needs nothing; doubt is asked about. */
class ReversalsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void refundingTwiceGivesBackOnce() {
    try (Till till = new Till(DATABASE)) {
      till.charge();

      Outcome first = till.refund();

      assertThat(first.state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.refund()).isEqualTo(first);
      assertThat(till.provider.done("refund")).hasSize(1);
      assertThat(till.provider.posts()).isEqualTo(2);
      assertThat(refunded(till)).isEqualTo(1234);
    }
  }

  @Test
  void withoutAChargeNobodyIsCalledAndNoneCanCome() {
    try (Till till = new Till(DATABASE)) {
      assertThat(till.refund()).isEqualTo(Outcome.succeeded());

      assertThat(failure(till::charge).getOriginalMessage()).contains("FENCED");
      assertThat(till.provider.posts()).isZero();
    }
  }

  @Test
  void aDeclinedChargeNeedsNoRefund() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.DECLINE);
      till.charge();

      assertThat(till.refund()).isEqualTo(Outcome.succeeded());
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void aChargeUnderWayIsWaitedFor() {
    try (Till till = new Till(DATABASE)) {
      till.dieInTransaction(2);
      assertThatThrownBy(till::charge).hasMessageContaining("killed");

      ApplicationFailure failure = failure(till::refund);

      assertThat(failure.getType()).isEqualTo("PENDING");
      assertThat(failure.getNextRetryDelay()).isPositive();
      assertThat(till.provider.done("refund")).isEmpty();
    }
  }

  @Test
  void aChargeInDoubtThatIsFoundIsRefunded() {
    try (Till till = new Till(DATABASE)) {
      till.dieInTransaction(2);
      assertThatThrownBy(till::charge).hasMessageContaining("killed");
      till.leasesEnd();

      assertThat(till.refund().state()).isEqualTo(State.SUCCEEDED);

      assertThat(till.state(till.charge)).isEqualTo(Operation.State.SUCCEEDED);
      assertThat(till.provider.done("refund")).hasSize(1);
    }
  }

  @Test
  void aChargeInDoubtIsNotSentAgainAndNotFoundIsFinalOnlyAfterTheHorizon() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_BEFORE);
      till.givenUp(till::charge);

      ApplicationFailure early = failure(till::refund);
      assertThat(early.getType()).isEqualTo("UNKNOWN");
      assertThat(early.getOriginalMessage()).contains("NOT_FOUND_YET");
      assertThat(early.getNextRetryDelay())
          .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(82));
      till.horizonPasses();

      assertThat(till.refund()).isEqualTo(Outcome.succeeded());
      assertThat(failure(till::charge).isNonRetryable()).isTrue();
      assertThat(till.provider.posts()).isEqualTo(1);
      assertThat(till.provider.done("charge")).isEmpty();
    }
  }

  @Test
  void aChargeThatAppearsLateIsFoundAndRefunded() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_AFTER);
      till.provider.seeing(false);
      till.givenUp(till::charge);
      assertThat(failure(till::refund).getOriginalMessage()).contains("NOT_FOUND_YET");
      till.provider.seeing(true);

      assertThat(till.refund().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("charge")).hasSize(1);
      assertThat(till.provider.done("refund")).hasSize(1);
    }
  }

  @Test
  void aRefusedRefundIsAnAnswerAndTheNextKeyTriesAnew() {
    try (Till till = new Till(DATABASE)) {
      till.charge();
      till.provider.next(Fault.DECLINE);

      Outcome refused = till.refund();
      assertThat(refused.isDeclined()).isTrue();
      assertThat(till.refund()).isEqualTo(refused);
      assertThat(refunded(till)).isZero();

      Outcome second = till.payments.refund(new Reversal(till.refund.next(), till.charge));
      assertThat(second.state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("refund")).hasSize(1);
      assertThat(refunded(till)).isEqualTo(1234);
    }
  }

  @Test
  void twoRefundsAtOnceGiveBackOnce() {
    try (Till till = new Till(DATABASE)) {
      till.charge();
      Reversal one = new Reversal(till.refund, till.charge);
      Reversal two = new Reversal(till.refund.next(), till.charge);

      AtOnce.run(List.of(() -> till.payments.refund(one), () -> till.payments.refund(two)));

      assertThat(till.payments.refund(one).state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.payments.refund(two).state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("refund")).hasSize(1);
      assertThat(refunded(till)).isEqualTo(1234);
    }
  }

  @Test
  void aSecondRefundFindsOutWhatBecameOfTheFirst() {
    try (Till till = new Till(DATABASE)) {
      till.charge();
      till.provider.next(Fault.HANG_AFTER);
      till.givenUp(till::refund);
      till.provider.seeing(false);
      Reversal again = new Reversal(till.refund.next(), till.charge);
      assertThat(failure(() -> till.payments.refund(again)).getOriginalMessage())
          .contains("NOT_FOUND_YET");
      till.provider.seeing(true);

      assertThat(till.payments.refund(again)).isEqualTo(Outcome.succeeded());
      assertThat(till.refund().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("refund")).hasSize(1);
    }
  }

  @Test
  void aCaptureIsRefundedAndItsAuthorizationNeedsNoVoid() {
    try (Till till = new Till(DATABASE)) {
      Capture capture = authorized(till);
      till.payments.capture(capture);

      Outcome refund = till.payments.refund(new Reversal(till.refund, capture.key()));
      Outcome voided = voidIt(till, capture.authorization());

      assertThat(refund.state()).isEqualTo(State.SUCCEEDED);
      assertThat(voided).isEqualTo(Outcome.succeeded());
      assertThat(till.provider.done("refund")).hasSize(1);
      assertThat(till.provider.done("void")).isEmpty();
    }
  }

  @Test
  void anAuthorizationIsVoidedOnceAndNoCaptureCanCome() {
    try (Till till = new Till(DATABASE)) {
      Capture capture = authorized(till);

      Outcome voided = voidIt(till, capture.authorization());

      assertThat(voided.state()).isEqualTo(State.SUCCEEDED);
      assertThat(voidIt(till, capture.authorization())).isEqualTo(voided);
      assertThat(failure(() -> till.payments.capture(capture)).getOriginalMessage())
          .contains("FENCED");
      assertThat(till.provider.done("void")).hasSize(1);
    }
  }

  @Test
  void anAuthorizationThatLapsedIsNotCapturedAndNeedsNoVoid() {
    try (Till till = new Till(DATABASE)) {
      Capture capture = authorized(till);
      till.provider.next(Fault.LAPSED, Fault.LAPSED);

      Outcome captured = till.payments.capture(capture);
      Outcome voided = voidIt(till, capture.authorization());

      assertThat(captured.isDeclined()).isTrue();
      assertThat(captured.reason().orElseThrow().code()).isEqualTo("AUTHORIZATION_EXPIRED");
      assertThat(voided.state()).isEqualTo(State.SUCCEEDED);
      assertThat(voidIt(till, capture.authorization())).isEqualTo(voided);
      assertThat(till.provider.posts()).as("authorize, capture, void").isEqualTo(3);
    }
  }

  @Test
  void withoutAnAuthorizationThereIsNothingToVoid() {
    try (Till till = new Till(DATABASE)) {
      assertThat(voidIt(till, StepKey.of(till.order, Step.AUTHORIZE)))
          .isEqualTo(Outcome.succeeded());
      assertThat(till.provider.posts()).isZero();
    }
  }

  @Test
  void aCaptureInDoubtIsSettledBeforeTheVoid() {
    try (Till till = new Till(DATABASE)) {
      Capture capture = authorized(till);
      till.provider.next(Fault.HANG_AFTER);
      till.givenUp(() -> till.payments.capture(capture));

      assertThat(voidIt(till, capture.authorization())).isEqualTo(Outcome.succeeded());

      assertThat(till.state(capture.key())).isEqualTo(Operation.State.SUCCEEDED);
      assertThat(till.provider.done("void")).isEmpty();
    }
  }

  private static Capture authorized(Till till) {
    StepKey authorize = StepKey.of(till.order, Step.AUTHORIZE);
    till.payments.authorize(new Payment(authorize, "sandbox", "tok", Till.AMOUNT));
    return new Capture(StepKey.of(till.order, Step.CAPTURE), authorize);
  }

  private static Outcome voidIt(Till till, StepKey authorization) {
    return till.payments.voidAuthorization(
        new Reversal(StepKey.of(till.order, Step.VOID), authorization));
  }

  private static long refunded(Till till) {
    return DATABASE.number(
        "select refunded_minor from payment where order_id = '" + till.order + "'");
  }
}
