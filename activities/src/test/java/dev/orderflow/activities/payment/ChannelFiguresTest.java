package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.ChannelFigures.InDoubt;
import dev.orderflow.activities.payment.ChannelFigures.LastHour;
import dev.orderflow.activities.payment.FakeProvider.Fault;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is said of a channel comes from the ledger: the same whichever worker asks. */
class ChannelFiguresTest {
  @RegisterExtension static final TestDatabase database = new TestDatabase();

  @BeforeEach
  void nothingHappened() {
    database.execute("truncate operation cascade");
  }

  private static ChannelFigures figures() {
    return new ChannelFigures(database.get(Transactions.class));
  }

  private static LastHour lastHour() {
    return figures().lastHour().stream().findFirst().orElseThrow();
  }

  private static ChannelSwitches switches() {
    return new ChannelSwitches(database.get(Jdbi.class));
  }

  @Test
  void theLastHourIsCountedByOutcomeWithTheTimeUntilItWasAnswered() {
    try (Till paid = new Till(database);
        Till refused = new Till(database);
        Till unanswered = new Till(database)) {
      paid.charge();
      paid.refund();
      refused.provider.next(Fault.DECLINE);
      refused.charge();
      unanswered.provider.next(Fault.ERROR_AFTER);
      Till.failure(unanswered::charge);
      answeredAfter(2);

      LastHour hour = lastHour();

      assertThat(hour.channel()).isEqualTo("sandbox");
      assertThat(hour.succeeded()).isEqualTo(2);
      assertThat(hour.declined()).isEqualTo(1);
      assertThat(hour.failed()).isEqualTo(1);
      // A decline is an answer.
      assertThat(hour.answeredRate()).contains(0.75);
      assertThat(hour.latency().orElseThrow().p99()).isEqualTo(Duration.ofSeconds(2));
      assertThat(hour.customer()).isEmpty();
    }
  }

  private static void answeredAfter(int seconds) {
    database.execute(
        "update operation set first_sent_at = answered_at - interval '1 second' * "
            + seconds
            + " where answered_at is not null");
  }

  @Test
  void aCustomersTimeIsNotTheChannels() {
    try (Till waits = new Till(database)) {
      waits.provider.next(Fault.WAITS);
      waits.charge();
      answeredAfter(1);
      assertThat(lastHour().waiting()).isEqualTo(1);
      assertThat(lastHour().answeredRate()).contains(1.0);

      waits.provider.customer(waits.charge, "succeeded");
      waits.charge();
      database.execute("update operation set updated_at = answered_at + interval '5 minutes'");

      LastHour hour = lastHour();
      assertThat(hour.succeeded()).isEqualTo(1);
      assertThat(hour.latency().orElseThrow().p99()).isEqualTo(Duration.ofSeconds(1));
      assertThat(hour.customer().orElseThrow().p50()).isEqualTo(Duration.ofMinutes(5));
    }
  }

  @Test
  void whatWeClosedOurselvesIsNoFailureOfTheChannel() {
    try (Till waits = new Till(database)) {
      waits.provider.next(Fault.WAITS);
      waits.payments.charge(
          new Payment(waits.charge, SandboxChannel.WALLET, "async-never", Till.AMOUNT));
      answeredAfter(1);
      waits.payments.close(waits.charge);

      LastHour hour = lastHour();

      assertThat(hour.closed()).isEqualTo(1);
      assertThat(hour.declined()).isZero();
      assertThat(hour.failed()).isZero();
      assertThat(hour.answeredRate()).contains(1.0);
      assertThat(hour.latency().orElseThrow().p99()).isEqualTo(Duration.ofSeconds(1));
      assertThat(hour.customer()).isEmpty();
      assertThat(new DoubtFigures(database.get(Transactions.class)).refused()).isEmpty();
    }
  }

  @Test
  void whatWeHeldBackIsNoFailureOfTheChannel() {
    try (Till never = new Till(database)) {
      never.provider.next(Fault.ERROR_BEFORE);
      Till.failure(never::charge);
      assertThat(lastHour().failed()).isEqualTo(1);

      database.execute("update operation set reason_code = 'CHANNEL_DRAINED'");

      assertThat(lastHour().failed()).isZero();
      assertThat(lastHour().notSent()).isEqualTo(1);
      assertThat(lastHour().answeredRate()).isEmpty();
    }
  }

  @Test
  void whatBeganEarlierIsNotCounted() {
    try (Till till = new Till(database)) {
      till.charge();
      database.execute("update operation set created_at = now() - interval '61 minutes'");

      assertThat(figures().lastHour()).isEmpty();
    }
  }

  @Test
  void whatIsInDoubtIsCountedHoweverLongAgoItBegan() {
    try (Till paid = new Till(database);
        Till unanswered = new Till(database);
        Till waits = new Till(database)) {
      paid.charge();
      waits.provider.next(Fault.WAITS);
      waits.charge();
      assertThat(figures().inDoubt()).isEmpty();

      unanswered.provider.next(Fault.ERROR_AFTER);
      Till.failure(unanswered::charge);
      database.execute(
          "update operation set created_at = now() - interval '3 days',"
              + " first_sent_at = now() - interval '3 days'");

      assertThat(figures().inDoubt())
          .singleElement()
          .satisfies(
              doubt -> {
                assertThat(doubt.operations()).isEqualTo(1);
                assertThat(doubt.oldestUnknown().map(Duration::toDays)).contains(3L);
              });
      assertThat(figures().inDoubt()).extracting(InDoubt::channel).containsExactly("sandbox");
    }
  }

  @Test
  void howLongADoubtLastedIsKeptOnceItIsSettled() {
    try (Till paid = new Till(database);
        Till refused = new Till(database);
        Till unanswered = new Till(database)) {
      paid.charge();
      refused.provider.next(Fault.DECLINE);
      refused.charge();
      unanswered.provider.next(Fault.ERROR_AFTER);
      Till.failure(unanswered::charge);
      DoubtFigures figures = new DoubtFigures(database.get(Transactions.class));
      assertThat(figures.resolved()).isEmpty();
      assertThat(figures.refused())
          .extracting(DoubtFigures.Refused::operations)
          .containsExactly(1L, 1L);

      database.execute(
          "update operation set unknown_at = unknown_at - interval '90 seconds'"
              + " where unknown_at is not null");
      unanswered.charge();

      assertThat(figures.resolved())
          .singleElement()
          .satisfies(
              resolved -> {
                assertThat(resolved.channel()).isEqualTo("sandbox");
                assertThat(resolved.operations()).isEqualTo(1);
                assertThat(resolved.took().p50()).isGreaterThanOrEqualTo(Duration.ofSeconds(90));
              });
      assertThat(figures.refused()).hasSize(1);
    }
  }

  @Test
  void whoseCallerDiedWasInDoubtFromTheEndOfItsLease() {
    try (Till till = new Till(database)) {
      till.charge();
      database.execute(
          "alter table operation disable trigger outcome_is_final; update operation set state ="
              + " 'PENDING', reference = null, lease_until = now() - interval '5 minutes';"
              + " alter table operation enable trigger outcome_is_final");

      till.charge();

      assertThat(new DoubtFigures(database.get(Transactions.class)).resolved())
          .singleElement()
          .satisfies(
              resolved ->
                  assertThat(resolved.took().p50()).isGreaterThanOrEqualTo(Duration.ofMinutes(5)));
    }
  }

  @Test
  void aDrainedChannelIsAskedWhatBecameOfAPaymentInDoubt() {
    try (Till till = new Till(database)) {
      till.provider.next(Fault.ERROR_AFTER);
      Till.failure(till::charge);
      switches().set("sandbox", ChannelState.DRAINED);
      try (Till later = new Till(database, till.order, own -> till.provider.config())) {
        assertThat(later.charge().state().name()).isEqualTo("SUCCEEDED");
        assertThat(later.state(till.charge)).isEqualTo(State.SUCCEEDED);
        assertThat(till.provider.posts()).isEqualTo(1);
      } finally {
        switches().set("sandbox", ChannelState.OPEN);
      }
    }
  }
}
