package dev.orderflow.activities.settlement;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.settlement.Differences.Span;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares a report with the ledger, in chunks, each a transaction. */
@Singleton
class Comparison {

  private static final int CHUNK = 1_000;

  /** What we booked in a day's last minutes may be in the next day's report. */
  static final Duration MARGIN = Duration.ofMinutes(10);

  /** The ledger's side is looked at in slices, so that no statement takes long. */
  private static final Duration SLICE = Duration.ofMinutes(10);

  /** A payment may be reported, waiting for its customer, so long before it is done. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final Transactions transactions;
  private final Differences differences;

  @Inject
  Comparison(Transactions transactions, Differences differences) {
    this.transactions = transactions;
    this.differences = differences;
  }

  /** By which a comparison shows that it lives, and finds where an earlier one stopped. */
  interface Pulse {

    /** Where the attempt before this one was last seen. */
    Optional<ReconcileMark> last();

    void beat(ReconcileMark mark);
  }

  /** Both ways; the report's rows. */
  long compare(
      ReconcileRequest request, Set<String> covered, SettlementReports reports, Pulse pulse) {
    ReconcileMark end;
    try {
      end = report(request, covered, reports, pulse);
    } catch (ReportReader.Unreadable e) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the report of " + request.channel() + " for " + request.date() + ": " + e.getMessage(),
          ReconcileActivities.UNREADABLE);
    } catch (IOException e) {
      throw ApplicationFailure.newFailure(
          "the report of " + request.channel() + " can't be read now: " + e, "REPORT_NOT_READ");
    }
    ledger(request, covered, pulse, end);
    return end.rows();
  }

  private ReconcileMark report(
      ReconcileRequest request, Set<String> covered, SettlementReports reports, Pulse pulse)
      throws IOException {
    ReconcileMark start = pulse.last().orElse(ReconcileMark.START);
    try (ReportReader reader = ReportReader.of(open(request, reports))) {
      if (skip(reader, start, pulse)) {
        return rest(request, covered, reader, pulse);
      }
    }
    // It is another report than the one that was begun.
    try (ReportReader reader = ReportReader.of(open(request, reports))) {
      return rest(request, covered, reader, pulse);
    }
  }

  private static InputStream open(ReconcileRequest request, SettlementReports reports)
      throws IOException {
    return reports
        .open(request.date())
        .orElseThrow(
            () ->
                ApplicationFailure.newFailure(
                    request.channel() + " has no report for " + request.date() + " yet",
                    ReconcileActivities.NOT_THERE_YET));
  }

  /** Whether the report begins as the one that was read up to there. */
  private static boolean skip(ReportReader reader, ReconcileMark to, Pulse pulse)
      throws IOException {
    while (reader.rows() < to.rows()) {
      if (reader.next((int) Math.min(CHUNK, to.rows() - reader.rows())).isEmpty()) {
        return false;
      }
      pulse.beat(to);
    }
    return reader.sum() == to.sum();
  }

  private ReconcileMark rest(
      ReconcileRequest request, Set<String> covered, ReportReader reader, Pulse pulse)
      throws IOException {
    while (true) {
      List<ReportRow> chunk = reader.next(CHUNK);
      ReconcileMark mark = new ReconcileMark(reader.rows(), reader.sum());
      if (chunk.isEmpty()) {
        return mark;
      }
      transactions.in(
          tx -> {
            differences.compare(tx, request, covered, chunk);
            return mark;
          });
      pulse.beat(mark);
    }
  }

  private void ledger(
      ReconcileRequest request, Set<String> covered, Pulse pulse, ReconcileMark mark) {
    Span day = day(request);
    Instant from = day.from().minus(LONGEST_WAIT);
    while (from.isBefore(day.until())) {
      Span reported = new Span(from, from.plus(SLICE));
      transactions.in(
          tx -> {
            differences.missing(tx, request, covered, reported, day);
            return mark;
          });
      pulse.beat(mark);
      from = reported.until();
    }
  }

  private Span day(ReconcileRequest request) {
    Instant midnight = request.date().atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant end = midnight.plus(Duration.ofDays(1));
    Instant now = transactions.read(differences::now);
    return new Span(midnight.minus(MARGIN), (now.isBefore(end) ? now : end).minus(MARGIN));
  }
}
