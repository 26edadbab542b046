package dev.orderflow.worker.evaluate;

import dev.orderflow.activities.payment.Answer;
import dev.orderflow.worker.metrics.ErrorClass;
import dev.orderflow.workflows.saga.Outcome.State;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Counts the payments of one step. Safe for use by many threads. */
final class StepMeter {

  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

  private final Histogram total = new Histogram(LONGEST_MICROS, 3);
  private final Histogram wait = new Histogram(LONGEST_MICROS, 3);
  private final Histogram call = new Histogram(LONGEST_MICROS, 3);
  private final Map<String, Long> errors = new TreeMap<>();
  private long succeeded;
  private long declined;
  private long lastNanos;

  /**
   * All by {@link System#nanoTime}.
   *
   * @param intended when it was to begin
   * @param begun when it had found a place
   */
  synchronized void paid(Answer answer, long intended, long begun, long ended) {
    record(total, ended - intended);
    record(wait, begun - intended);
    record(call, ended - begun);
    lastNanos = Math.max(lastNanos, ended);
    if (answer.outcome().state() == State.SUCCEEDED) {
      succeeded++;
    } else {
      if (answer.outcome().isDeclined()) {
        declined++;
      }
      errors.merge(ErrorClass.of(answer.outcome()), 1L, Long::sum);
    }
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(
        Math.max(0, Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos))));
  }

  /**
   * What came together.
   *
   * @param begin of the step, by {@link System#nanoTime}
   */
  synchronized StepReport report(double offered, long begin, Duration stepTime, long notBegun) {
    long payments = total.getTotalCount();
    double seconds = Math.max(stepTime.toNanos(), lastNanos - begin) / 1e9;
    // The last answer comes one call after the last beginning: that is not slowness.
    double carried =
        Math.max(stepTime.toNanos() / 1e9, seconds - total.getValueAtPercentile(50) / 1e6);
    return new StepReport(
        offered,
        payments / carried,
        payments,
        notBegun,
        succeeded,
        declined,
        millis(total, 50),
        millis(total, 95),
        millis(total, 99),
        millis(wait, 50),
        millis(call, 50),
        new TreeMap<>(errors));
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1_000.0;
  }
}
