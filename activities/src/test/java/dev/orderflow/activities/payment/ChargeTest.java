package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.FakeProvider.Fault;
import dev.orderflow.workflows.payment.PaymentActivities.Capture;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever happens on the way, an order is charged once, or certainly not at all. */
class ChargeTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Test
  void chargingTwiceWithTheSameKeyTakesTheMoneyOnce() {
    try (Till till = new Till(DATABASE)) {
      Outcome first = till.charge();
      Outcome second = till.charge();

      assertThat(first.state()).isEqualTo(State.SUCCEEDED);
      assertThat(second).isEqualTo(first);
      assertThat(till.provider.posts()).isEqualTo(1);
      assertThat(till.provider.done("charge"))
          .singleElement()
          .satisfies(
              charge -> {
                assertThat(charge.path("amount").asLong()).isEqualTo(1234);
                assertThat(first.reference()).contains(charge.path("id").asText());
                assertThat(charge.path("merchantReference").asText()).isEqualTo(till.order.value());
              });
    }
  }

  @Test
  void theSameKeyForAnotherAmountIsRefused() {
    try (Till till = new Till(DATABASE)) {
      till.charge();

      ApplicationFailure failure =
          failure(
              () ->
                  till.payments.charge(
                      new Payment(till.charge, "sandbox", "tok", Money.parse("EUR 99.00"))));

      assertThat(failure.getType()).isEqualTo(Ledger.KEY_REUSED);
      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void aSecondCopyAtTheSameMomentWaitsForTheFirst() throws Exception {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.SLOW);
      CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(till::charge);
      till.provider.awaitSlow();

      ApplicationFailure second = failure(till::charge);
      till.provider.letSlowGo();

      assertThat(second.getType()).isEqualTo("PENDING");
      assertThat(second.getNextRetryDelay()).isPositive();
      assertThat(first.get().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.charge()).isEqualTo(first.get());
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void manyCopiesAtOnceChargeOnce() {
    try (Till till = new Till(DATABASE)) {
      List<AtOnce.Result<Outcome>> results =
          AtOnce.run(List.of(till::charge, till::charge, till::charge, till::charge));

      assertThat(results).anySatisfy(result -> assertThat(result.value()).isNotNull());
      assertThat(till.charge().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("charge")).hasSize(1);
    }
  }

  @Test
  void aDeclineIsAnAnswerWithTheProvidersOwnReason() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.DECLINE);

      Outcome declined = till.charge();

      assertThat(declined)
          .isEqualTo(
              Outcome.declined(
                  new Reason("insufficient_funds", "The card has insufficient funds.")));
      assertThat(till.charge()).isEqualTo(declined);
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void anErrorBeforeTheEffectIsCertainlyNothing() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.ERROR_BEFORE);

      ApplicationFailure failure = failure(till::charge);

      assertThat(failure.getType()).isEqualTo("NOT_EXECUTED");
      assertThat(failure.isNonRetryable()).isFalse();
      assertThat(till.charge().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void whatIsInDoubtIsSentAgainWithTheSameKeyAndChargesOnce() {
    for (Fault doubt :
        List.of(
            Fault.ERROR_AFTER,
            Fault.HANG_AFTER,
            Fault.HANG_BEFORE,
            Fault.RESET,
            Fault.GARBAGE,
            Fault.HALF_AN_ANSWER)) {
      try (Till till = new Till(DATABASE)) {
        till.provider.next(doubt);

        ApplicationFailure failure = till.givenUp(till::charge);
        Outcome outcome = till.charge();

        assertThat(failure.getType()).as(doubt.name()).isEqualTo("UNKNOWN");
        assertThat(outcome.state()).isEqualTo(State.SUCCEEDED);
        assertThat(till.provider.done("charge")).hasSize(1);
      }
    }
  }

  @Test
  void aRefusedConnectionAfterATimeoutDoesNotMakeTheDoubtCertain() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_AFTER, Fault.ERROR_BEFORE);

      till.givenUp(till::charge);
      ApplicationFailure second = failure(till::charge);

      assertThat(second.getType()).isEqualTo("UNKNOWN");
      assertThat(till.state(till.charge)).isEqualTo(Operation.State.UNKNOWN);
      assertThat(till.charge().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("charge")).hasSize(1);
    }
  }

  @Test
  void aProviderThatIsStillAtItIsPending() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.IN_FLIGHT);

      assertThat(failure(till::charge).getType()).isEqualTo("PENDING");
      assertThat(till.charge().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void anotherAmountThanAskedIsADeclineAndWhatCameIsWrittenDown() {
    Shop shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 10);
    try (Till till = new Till(DATABASE, shop.reserved("mug", 1))) {
      till.provider.next(Fault.OTHER_AMOUNT);

      Outcome outcome = till.charge();

      assertThat(outcome.isDeclined()).isTrue();
      assertThat(outcome.reason().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
      assertThat(till.charge()).isEqualTo(outcome);
      assertThat(
              DATABASE.number(
                  "select amount_minor from provider_transaction where key = '"
                      + till.charge
                      + "'"))
          .isEqualTo(1233);

      // What was taken can be given back, in the amount that was taken.
      StepKey receive = StepKey.of(till.order, Step.RECEIVE);
      assertThat(till.payments.refund(new Reversal(till.refund, receive)).state())
          .isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("refund"))
          .singleElement()
          .satisfies(refund -> assertThat(refund.path("amount").asLong()).isEqualTo(1233));
    }
  }

  @Test
  void whoDiesBetweenCallAndRecordLeavesAClaimThatIsTakenOver() {
    try (Till till = new Till(DATABASE)) {
      till.dieInTransaction(2);
      assertThatThrownBy(till::charge).hasMessageContaining("killed");
      assertThat(till.provider.done("charge")).hasSize(1);

      assertThat(failure(till::charge).getType()).isEqualTo("PENDING");
      till.leasesEnd();

      assertThat(till.charge().state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.done("charge")).hasSize(1);
    }
  }

  @Test
  void whoDiesBeforeTheClaimIsCommittedHasCalledNobody() {
    try (Till till = new Till(DATABASE)) {
      till.dieInTransaction(1);

      assertThatThrownBy(till::charge).hasMessageContaining("killed");

      assertThat(till.provider.posts()).isZero();
      assertThat(till.ledger.find(till.charge)).isEmpty();
    }
  }

  @Test
  void beyondTheKeysWindowTheProviderIsOnlyAsked() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_AFTER);
      till.givenUp(till::charge);
      DATABASE.execute("update operation set first_sent_at = now() - interval '2 days'");

      Outcome outcome = till.charge();

      assertThat(outcome.state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  @Test
  void aFencedChargeIsNeverSent() {
    try (Till till = new Till(DATABASE)) {
      till.fence(till.charge);

      ApplicationFailure failure = failure(till::charge);

      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(failure.getOriginalMessage()).contains("FENCED");
      assertThat(till.provider.posts()).isZero();
    }
  }

  @Test
  void nothingIsAskedOfTheProviderWhenAPinIsRefused() {
    Reason lapsed = new Reason("RESERVATION_LAPSED", "The reservation has lapsed.");
    Module refusing =
        new AbstractModule() {
          @Override
          protected void configure() {
            Multibinder.newSetBinder(binder(), Pin.class)
                .addBinding()
                .toInstance((tx, order) -> Optional.of(lapsed));
          }
        };
    try (Till till = new Till(DATABASE, FakeProvider::config, refusing)) {
      ApplicationFailure failure = failure(till::charge);

      assertThat(failure.isNonRetryable()).isTrue();
      assertThat(failure.getOriginalMessage()).contains("RESERVATION_LAPSED");
      assertThat(till.provider.posts()).isZero();
      assertThat(till.ledger.find(till.charge)).isEmpty();
    }
  }

  @Test
  void aChannelThatHangsHoldsNoMoreAttemptsThanItHasRoomFor() throws Exception {
    try (Till busy = new Till(DATABASE, provider -> provider.config(1))) {
      busy.provider.next(Fault.SLOW);
      CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(busy::charge);
      busy.provider.awaitSlow();
      StepKey other = new StepKey(busy.order, Step.CHARGE, 2);

      ApplicationFailure second =
          failure(() -> busy.payments.charge(new Payment(other, "sandbox", "tok", Till.AMOUNT)));
      busy.provider.letSlowGo();

      assertThat(second.getType()).isEqualTo("NOT_EXECUTED");
      assertThat(second.getOriginalMessage()).contains("CHANNEL_BUSY");
      assertThat(first.get().state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void whoTakesNoPaymentsSaysSoBeforehand() {
    drain();
    try (Till till = new Till(DATABASE)) {
      assertThat(till.payments.objection("sandbox").map(Reason::code))
          .contains(Reason.CHANNEL_DRAINED);
      assertThat(till.payments.objection("nosuch").map(Reason::code)).contains("NO_SUCH_CHANNEL");
      assertThat(till.payments.objection("sandbox-wallet")).isEmpty();
    }
  }

  @Test
  void whatADrainedChannelHasNotTakenGoesElsewhereOrNowhere() {
    drain();
    try (Till till = new Till(DATABASE)) {
      ApplicationFailure quick = till.givenUp(till::charge);
      ApplicationFailure last = failure(till::charge);

      assertThat(quick.isNonRetryable()).isFalse();
      assertThat(last.isNonRetryable()).isTrue();
      assertThat(List.of(quick, last))
          .extracting(ApplicationFailure::getType)
          .containsOnly("NOT_EXECUTED");
      assertThat(last.getOriginalMessage()).contains("CHANNEL_DRAINED");
      assertThat(till.provider.posts()).isZero();
    }
  }

  @Test
  void whatADrainedChannelMayHaveTakenIsAskedAbout() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_AFTER);
      till.givenUp(till::charge);
      till.leasesEnd();
      drain();
      // Another worker, which has not yet heard of the channel.
      try (Till other = new Till(DATABASE, till.order, provider -> till.provider.config())) {
        assertThat(other.charge().state()).isEqualTo(State.SUCCEEDED);
      }
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  /** Though the provider enforces keys: it could be sent again, were the channel open. */
  @Test
  void whatNeverReachedADrainedChannelEndsWhenNothingCanAppearThereAnyMore() {
    try (Till till = new Till(DATABASE)) {
      till.provider.next(Fault.HANG_BEFORE);
      till.givenUp(till::charge);
      till.leasesEnd();
      drain();
      try (Till other = new Till(DATABASE, till.order, provider -> till.provider.config())) {
        assertThat(failure(other::charge).getType()).isEqualTo("UNKNOWN");

        till.horizonPasses();
        assertThat(failure(other::charge).getType()).isEqualTo("NOT_EXECUTED");

        ApplicationFailure last = failure(other::charge);
        assertThat(last.isNonRetryable()).isTrue();
        assertThat(last.getOriginalMessage()).contains("CHANNEL_DRAINED");
      }
      assertThat(till.provider.posts()).isEqualTo(1);
    }
  }

  private static void drain() {
    new ChannelSwitches(DATABASE.get(Jdbi.class)).set("sandbox", ChannelState.DRAINED);
  }

  @AfterEach
  void open() {
    DATABASE.execute("delete from payment_channel");
  }

  @Test
  void anAuthorizationIsCapturedOnce() {
    try (Till till = new Till(DATABASE)) {
      StepKey authorize = StepKey.of(till.order, Step.AUTHORIZE);
      Capture capture = new Capture(StepKey.of(till.order, Step.CAPTURE), authorize);

      assertThat(failure(() -> till.payments.capture(capture)).getOriginalMessage())
          .contains("NOT_AUTHORIZED");
      till.payments.authorize(new Payment(authorize, "sandbox", "tok", Till.AMOUNT));
      Outcome first = till.payments.capture(capture);

      assertThat(first.state()).isEqualTo(State.SUCCEEDED);
      assertThat(till.payments.capture(capture)).isEqualTo(first);
      assertThat(till.provider.done("capture"))
          .singleElement()
          .satisfies(object -> assertThat(object.path("amount").asLong()).isEqualTo(1234));
    }
  }

  @Test
  void aChannelThatIsNotConfiguredIsNamed() {
    try (Till till = new Till(DATABASE)) {
      ApplicationFailure failure =
          failure(
              () -> till.payments.charge(new Payment(till.charge, "stripe", "tok", Till.AMOUNT)));

      assertThat(failure.getType()).isEqualTo("NOT_EXECUTED");
      assertThat(failure.getOriginalMessage())
          .contains("'stripe'")
          .contains("[sandbox, sandbox-plain, sandbox-wallet]");
    }
  }
}
