package dev.orderflow.workflows.saga;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * How each kind of effect is tried again: a few quick attempts within the workflow task, then a
 * durable ladder that the Web UI shows. This is the only place that says so.
 *
 * <p>An attempt's time limit is longer than every time-out inside it, because a limit does not stop
 * the thread: the effect may land later.
 */
public enum Ladder {
  /** Our own database. Waits for it as long as it takes. */
  LEDGER(new Local(2_000), new Durable(10, 0.5, 2, 30, Durable.FOREVER)),
  /** A payment going forward: given up while the customer still remembers it. */
  PAYMENT(new Local(2_500), new Durable(30, 1, 2, 60, 3_600)),
  /** A payment being taken back: tried for three days before an operator is asked. */
  REVERSAL(new Local(2_500), new Durable(30, 1, 2, 3_600, 3 * 86_400)),
  /** A message: 5 minutes times 1.3 to the n, some two days long. */
  MESSAGE(new Local(2_500), new Durable(60, 300, 1.3, 43_200, 2 * 86_400));

  private static final int LOCAL_ATTEMPTS = 3;

  private final Local local;
  private final Durable durable;

  Ladder(Local local, Durable durable) {
    this.local = local;
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
        .setStartToCloseTimeout(Duration.ofMillis(local.attemptMillis))
        .setScheduleToCloseTimeout(remaining)
        // Above this a back-off would become a timer, and the task would end.
        .setLocalRetryThreshold(Duration.ofMinutes(1))
        .setDoNotIncludeArgumentsIntoMarker(true)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(Duration.ofMillis(100))
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
            .setStartToCloseTimeout(Duration.ofSeconds(durable.attemptSeconds))
            .setRetryOptions(
                RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis((long) (durable.firstSeconds * 1000)))
                    .setBackoffCoefficient(durable.factor)
                    .setMaximumInterval(Duration.ofSeconds(durable.longestSeconds))
                    .build());
    if (durable.horizonSeconds != Durable.FOREVER) {
      options.setScheduleToCloseTimeout(Duration.ofSeconds(durable.horizonSeconds));
    }
    return options.build();
  }

  private record Local(long attemptMillis) {}

  private record Durable(
      long attemptSeconds,
      double firstSeconds,
      double factor,
      long longestSeconds,
      long horizonSeconds) {
    static final long FOREVER = 0;
  }
}
