package dev.orderflow.workflows.saga;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;
import java.util.Optional;

/**
 * How each kind of effect is tried again: a few quick attempts within the workflow task, then a
 * durable ladder that the Web UI shows. This is the only place that says so.
 *
 * <p>An attempt's time limit is longer than every time-out inside it, because a limit does not stop
 * the thread: the effect may land later.
 */
public enum Ladder {
  /** Our own database. Waits for it as long as it takes. */
  LEDGER(
      ofMillis(2_000),
      new Durable(ofSeconds(10), ofMillis(500), 2, ofSeconds(30), Optional.empty())),
  /** A payment going forward: given up while the customer still remembers it. */
  PAYMENT(
      ofMillis(2_500),
      new Durable(ofSeconds(30), ofSeconds(1), 2, ofMinutes(1), Optional.of(ofHours(1)))),
  /** A payment being taken back: tried for three days before an operator is asked. */
  REVERSAL(
      ofMillis(2_500),
      new Durable(ofSeconds(30), ofSeconds(1), 2, ofHours(1), Optional.of(ofDays(3)))),
  /**
   * A message: two days long. Begins soon, for its worker may have died, which says nothing against
   * the mail server; and grows fast, so that one that is down is asked some twenty times in all, no
   * more often than from 5 minutes on by 1.3.
   */
  MESSAGE(
      ofMillis(2_500),
      new Durable(ofMinutes(1), ofSeconds(30), 1.5, ofHours(12), Optional.of(ofDays(2))));

  private static final int LOCAL_ATTEMPTS = 3;

  private final Duration localAttempt;
  private final Durable durable;

  Ladder(Duration localAttempt, Durable durable) {
    this.localAttempt = localAttempt;
    this.durable = durable;
  }

  /**
   * The quick attempts, within the workflow task.
   *
   * @param remaining what is left of the stretch's budget
   */
  LocalActivityOptions local(Duration remaining, String summary) {
    return LocalActivityOptions.newBuilder()
        .setSummary(summary)
        .setStartToCloseTimeout(localAttempt)
        .setScheduleToCloseTimeout(remaining)
        // Above this a back-off would become a timer, and the task would end.
        .setLocalRetryThreshold(ofMinutes(1))
        .setDoNotIncludeArgumentsIntoMarker(true)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(ofMillis(100))
                .setMaximumAttempts(LOCAL_ATTEMPTS)
                // Another copy is at work, for longer than a workflow task should wait.
                .setDoNotRetry(Outcome.State.PENDING.name())
                .build())
        .build();
  }

  /** The durable attempts. */
  ActivityOptions durable(String summary) {
    ActivityOptions.Builder options =
        ActivityOptions.newBuilder()
            .setSummary(summary)
            .setStartToCloseTimeout(durable.attempt)
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(durable.first)
                    .setBackoffCoefficient(durable.factor)
                    .setMaximumInterval(durable.longest)
                    .build());
    durable.horizon.ifPresent(options::setScheduleToCloseTimeout);
    return options.build();
  }

  /**
   * The attempts of a regular activity.
   *
   * @param attempt how long one may take
   * @param first the pause after the first, which grows by {@code factor} up to {@code longest}
   * @param horizon how long all may take together; empty where there is no end
   */
  private record Durable(
      Duration attempt,
      Duration first,
      double factor,
      Duration longest,
      Optional<Duration> horizon) {}
}
