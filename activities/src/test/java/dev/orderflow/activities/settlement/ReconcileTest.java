package dev.orderflow.activities.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.Reconciliation;
import io.temporal.failure.ApplicationFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReconcileTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final AtomicInteger DAYS = new AtomicInteger();

  private Day day;
  private String order;

  @BeforeEach
  void aDay() {
    int n = DAYS.incrementAndGet();
    day = new Day(database, "bank-" + n);
    order = OrderId.ofKey("settled " + n).value();
    day.orderIs(order);
  }

  private String ref(String name) {
    return day.request.channel() + "-" + name;
  }

  @Test
  void whereBothAgreeThereIsNothing() {
    day.booked(ref("ch"), "CHARGE", 2500, order, "SUCCEEDED");
    day.booked(ref("re"), "REFUND", 500, order, "SUCCEEDED");
    day.booked(ref("au"), "AUTHORIZATION", 900, order, "SUCCEEDED");
    day.reports(ref("ch"), "charge", "EUR", 2500, order);
    day.reports(ref("re"), "refund", "EUR", 500, order);

    Reconciliation result = day.reconcile();

    assertThat(result.rows()).isEqualTo(2);
    assertThat(result.agrees()).isTrue();
    assertThat(day.differences()).isEmpty();
    assertThat(day.told).isEmpty();
  }

  @Test
  void whatIsReportedOfAnArchivedOrderIsKnownMoneyAndNobodyIsTold() {
    day.archived(ref("ch"), "CHARGE", 2500, order);
    day.archived(ref("less"), "REFUND", 400, order);
    day.reports(ref("ch"), "charge", "EUR", 2500, order);
    day.reports(ref("less"), "refund", "EUR", 500, order);
    day.reports(ref("later"), "chargeback", "EUR", 2500, order);

    Reconciliation result = day.reconcile();

    assertThat(result.unknownOrder()).isZero();
    assertThat(day.differences())
        .containsExactly(
            ref("later") + " MISSING_IN_LEDGER OPEN", ref("less") + " AMOUNT_DIFFERS OPEN");
    assertThat(day.told).isEmpty();
  }

  @Test
  void whatTheProviderDidOfItsOwnIsComparedBothWays() {
    day.booked(ref("re"), "REFUND", 500, order, "SUCCEEDED");
    day.booked(ref("rf"), "REFUND_FAILED", 500, order, "SUCCEEDED");
    day.booked(ref("cb"), "CHARGEBACK", 2500, order, "SUCCEEDED");
    day.booked(ref("cbr"), "CHARGEBACK_REVERSED", 2500, order, "SUCCEEDED");
    day.reports(ref("re"), "refund", "EUR", 500, order);
    day.reports(ref("rf"), "refund_failed", "EUR", 500, order);
    day.reports(ref("cb"), "chargeback", "EUR", 2500, order);
    day.reports(ref("cbr"), "chargeback_reversed", "EUR", 2500, order);
    assertThat(day.reconcile().agrees()).isTrue();

    day.booked(ref("never-failed"), "REFUND_FAILED", 100, order, "SUCCEEDED");
    day.booked(ref("never-charged-back"), "CHARGEBACK", 100, order, "SUCCEEDED");
    day.booked(ref("never-won"), "CHARGEBACK_REVERSED", 100, order, "SUCCEEDED");
    day.booked(ref("other-way"), "CHARGEBACK", 100, order, "SUCCEEDED");
    day.reports(ref("other-way"), "chargeback_reversed", "EUR", 100, order);
    day.reports(ref("unheard-refund"), "refund", "EUR", 100, order);
    day.reports(ref("unheard-chargeback"), "chargeback", "EUR", 100, order);
    day.reconcile();

    assertThat(day.differences())
        .containsExactly(
            ref("never-charged-back") + " MISSING_AT_PROVIDER SIGNALLED",
            ref("never-failed") + " MISSING_AT_PROVIDER SIGNALLED",
            ref("never-won") + " MISSING_AT_PROVIDER SIGNALLED",
            ref("other-way") + " AMOUNT_DIFFERS SIGNALLED",
            ref("unheard-chargeback") + " MISSING_IN_LEDGER SIGNALLED",
            ref("unheard-refund") + " MISSING_IN_LEDGER SIGNALLED");
  }

  @Test
  void whatWasReportedBeforeWeHeardOfItIsNotMissingInALaterReport() {
    day.reports(ref("unheard"), "chargeback", "EUR", 2500, order);
    day.reconcile();
    Day next = day.after();
    next.booked(ref("unheard"), "CHARGEBACK", 2500, order, "SUCCEEDED");

    assertThat(next.reconcile().agrees()).isTrue();
    assertThat(next.differences()).containsExactly(ref("unheard") + " MISSING_IN_LEDGER MENDED");
  }

  @Test
  void whatAnEvaluationPaidAndGaveBackIsCountedAndNotShown() {
    String whole = EvaluationIds.next().value();
    String left = EvaluationIds.next().value();
    day.reports(ref("paid"), "charge", "EUR", 100, whole);
    day.reports(ref("back"), "refund", "EUR", 100, whole);
    day.reports(ref("left"), "charge", "EUR", 100, left);

    Reconciliation result = day.reconcile();

    assertThat(result.evaluation()).isEqualTo(3);
    assertThat(result.unknownOrder()).isZero();
    assertThat(result.open()).isEqualTo(1);
    assertThat(day.differences())
        .containsExactly(
            ref("back") + " EVALUATION MENDED",
            ref("left") + " EVALUATION OPEN",
            ref("paid") + " EVALUATION MENDED");
    assertThat(day.told).isEmpty();

    Day next = day.after();
    next.reports(ref("back-later"), "refund", "EUR", 100, left);
    assertThat(next.reconcile().agrees()).isTrue();
    assertThat(day.differences()).contains(ref("left") + " EVALUATION MENDED");
  }

  @Test
  void whatAnEvaluationPaidTwiceAndGaveBackOnceWaitsForAPerson() {
    String evaluation = EvaluationIds.next().value();
    day.reports(ref("paid"), "charge", "EUR", 100, evaluation);
    day.reports(ref("paid-again"), "charge", "EUR", 100, evaluation);
    day.reports(ref("back"), "refund", "EUR", 100, evaluation);

    assertThat(day.reconcile().agrees()).isFalse();
    assertThat(day.differences())
        .containsExactly(
            ref("back") + " EVALUATION OPEN",
            ref("paid") + " EVALUATION OPEN",
            ref("paid-again") + " EVALUATION OPEN");

    Day next = day.after();
    next.reports(ref("back-by-hand"), "refund", "EUR", 100, evaluation);
    assertThat(next.reconcile().agrees()).isTrue();
    assertThat(day.differences()).hasSize(4).allMatch(row -> row.endsWith(" EVALUATION MENDED"));
  }

  @Test
  void anEvaluationsRefundThatFailedWaitsForAPerson() {
    String evaluation = EvaluationIds.next().value();
    day.reports(ref("paid"), "charge", "EUR", 100, evaluation);
    day.reports(ref("back"), "refund", "EUR", 100, evaluation);
    day.reports(ref("not-back"), "refund_failed", "EUR", 100, evaluation);
    day.reports(ref("dollars"), "refund", "USD", 100, evaluation);

    assertThat(day.reconcile().agrees()).isFalse();
    assertThat(day.differences()).hasSize(4).allMatch(row -> row.endsWith(" EVALUATION OPEN"));
  }

  @Test
  void everyKindOfDifferenceIsWrittenDownOnceAndItsOrderTold() {
    day.booked(ref("dear"), "CHARGE", 2500, order, "SUCCEEDED");
    day.booked(ref("euro"), "CHARGE", 2500, order, "SUCCEEDED");
    day.booked(ref("waits"), "CHARGE", 700, order, "PENDING");
    day.booked(ref("lost"), "REFUND", 500, order, "SUCCEEDED");
    day.booked(ref("refused"), "CHARGE", 800, order, "DECLINED");
    day.reports(ref("dear"), "charge", "EUR", 2600, order);
    day.reports(ref("euro"), "charge", "USD", 2500, order);
    day.reports(ref("waits"), "charge", "EUR", 700, order);
    day.reports(ref("late"), "charge", "EUR", 900, order);
    day.reports(ref("whose"), "charge", "EUR", 900, "nobody");

    Reconciliation first = day.reconcile();

    assertThat(day.differences())
        .containsExactly(
            ref("dear") + " AMOUNT_DIFFERS SIGNALLED",
            ref("euro") + " AMOUNT_DIFFERS SIGNALLED",
            ref("late") + " MISSING_IN_LEDGER SIGNALLED",
            ref("lost") + " MISSING_AT_PROVIDER SIGNALLED",
            ref("waits") + " MISSING_IN_LEDGER SIGNALLED",
            ref("whose") + " UNKNOWN_ORDER OPEN");
    assertThat(first)
        .isEqualTo(
            new Reconciliation(day.request.channel(), day.request.date(), 5, 2, 1, 2, 1, 1, 5, 0));
    assertThat(day.told).containsExactly(new OrderId(order));

    assertThat(day.reconcile()).as("a second run").isEqualTo(first);
    assertThat(day.told).as("not told again").hasSize(1);
  }

  @Test
  void whatTheOrderFindsOutMendsTheDifference() {
    day.reports(ref("late"), "charge", "EUR", 900, order);
    day.reconcile();
    day.booked(ref("late"), "CHARGE", 900, order, "SUCCEEDED");

    Reconciliation result = day.settle(1);

    assertThat(result.agrees()).isTrue();
    assertThat(day.differences()).containsExactly(ref("late") + " MISSING_IN_LEDGER MENDED");
    assertThat(day.reconcile().agrees()).isTrue();
    assertThat(day.differences()).containsExactly(ref("late") + " MISSING_IN_LEDGER MENDED");
  }

  @Test
  void whatWasBookedAndIsArchivedSinceMendsTheDifference() {
    day.reports(ref("late"), "charge", "EUR", 900, order);
    day.reports(ref("other"), "charge", "EUR", 900, order);
    day.reconcile();
    day.archived(ref("late"), "CHARGE", 900, order);
    day.archived(ref("other"), "CHARGE", 800, order);

    assertThat(day.settle(2).agrees()).isFalse();

    assertThat(day.differences())
        .containsExactly(
            ref("late") + " MISSING_IN_LEDGER MENDED",
            ref("other") + " MISSING_IN_LEDGER SIGNALLED");
  }

  @Test
  void moneyThatCameLateAgreesOnceItIsBooked() {
    day.booked(ref("late"), "CHARGE", 900, order, "DECLINED");
    day.reports(ref("late"), "charge", "EUR", 900, order);
    assertThat(day.reconcile().agrees()).isFalse();

    day.received(ref("late"), order);

    assertThat(day.settle(1).agrees()).isTrue();
    assertThat(day.differences()).containsExactly(ref("late") + " MISSING_IN_LEDGER MENDED");
  }

  @Test
  void whatIsBookedInTheLastMinutesBelongsToTheNextDay() {
    day.booked(ref("midnight"), "CHARGE", 900, order, "SUCCEEDED", "23:55");
    assertThat(day.reconcile().agrees()).isTrue();
  }

  @Test
  void aReportThatIsNotThereYetIsAskedForAgain() {
    day.reportIsThere(false);
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, day::reconcile);
    assertThat(failure.getType()).isEqualTo(ReconcileActivities.NOT_THERE_YET);
    assertThat(failure.isNonRetryable()).isFalse();

    day.reportIsThere(true);
    assertThat(day.reconcile().agrees()).isTrue();
  }

  @Test
  void aConnectionThatBreaksIsTriedAgainFromTheLastChunk() {
    for (int n = 0; n < 3_500; n++) {
      day.reports(ref("n" + n), "charge", "EUR", 100, "nobody");
    }
    AtomicInteger read = new AtomicInteger();
    day.through(report -> breakingAfter(report, 130_000, read));

    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, day::compare);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(day.last().orElseThrow().rows()).isBetween(1_000L, 3_000L);
    assertThat(day.differences()).hasSize((int) day.last().orElseThrow().rows());
    database.execute("delete from settlement_difference where channel = '" + channel() + "'");

    day.through(report -> report);
    long compared = day.last().orElseThrow().rows();
    assertThat(day.compare()).isEqualTo(3_500);
    assertThat(day.differences()).as("only the rest").hasSize((int) (3_500 - compared));
  }

  @Test
  void anotherReportThanTheOneThatWasBegunIsReadFromItsBeginning() {
    day.reports(ref("a"), "charge", "EUR", 100, "nobody");
    day.beat(new ReconcileMark(1, 4711));

    day.compare();

    assertThat(day.differences()).containsExactly(ref("a") + " UNKNOWN_ORDER OPEN");
  }

  private String channel() {
    return day.request.channel();
  }

  private static InputStream breakingAfter(InputStream report, int bytes, AtomicInteger read) {
    return new FilterInputStream(report) {
      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        if (read.get() >= bytes) {
          throw new IOException("connection reset");
        }
        int n = super.read(buffer, offset, Math.min(length, 4_096));
        read.addAndGet(n);
        return n;
      }
    };
  }

  @Test
  void aReportThatIsNoneIsNotTriedAgain() {
    day.reportsText("x,charge,EUR,ten," + order + ",,now\n");
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, day::reconcile);
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).endsWith("row 1, amount_minor: is not a whole number");
  }

  @Test
  void aRowThatIsCutShortIsRefused() {
    day.reportsText("x,charge,EUR\n");
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, day::reconcile);
    assertThat(failure.getOriginalMessage()).contains("row 1 has 3 columns");
  }

  @Test
  void aPersonClosesWhatTheyHaveLookedAt() {
    day.reports(ref("whose"), "charge", "EUR", 900, "nobody");
    day.reconcile();
    Settlements settlements =
        new Settlements(
            Map.of(), database.get(Differences.class), database.get(Transactions.class));
    assertThat(settlements.unsettled(channel(), day.request.date(), 10))
        .extracting(Difference::reference)
        .containsExactly(ref("whose"));

    boolean closed =
        settlements.close(
            new Settlements.Closing(
                channel(), day.request.date(), ref("whose"), "op", "another shop's"));

    assertThat(closed).isTrue();
    assertThat(day.reconcile().agrees()).isTrue();
    assertThat(day.differences()).containsExactly(ref("whose") + " UNKNOWN_ORDER CLOSED");
  }

  @Test
  void whatDiffersAboutAnArchivedOrderIsClosedAsAnythingElse() {
    day.archived(ref("sold"), "CHARGE", 2500, order);
    day.reports(ref("late"), "chargeback", "EUR", 2500, order);
    day.reconcile();
    Settlements settlements =
        new Settlements(
            Map.of(), database.get(Differences.class), database.get(Transactions.class));

    boolean closed =
        settlements.close(
            new Settlements.Closing(
                channel(), day.request.date(), ref("late"), "op", "written off"));

    assertThat(closed).isTrue();
    assertThat(day.reconcile().agrees()).isTrue();
    assertThat(day.after().reconcile().agrees()).isTrue();
    assertThat(day.differences()).containsExactly(ref("late") + " MISSING_IN_LEDGER CLOSED");
  }
}
