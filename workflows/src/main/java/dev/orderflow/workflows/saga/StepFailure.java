package dev.orderflow.workflows.saga;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/**
 * How an activity says that its effect is not settled: an {@link ApplicationFailure} whose type is
 * the {@link Outcome.State}, so that the retry policy, and the Web UI, see it.
 */
public final class StepFailure {

  private StepFailure() {}

  /** Not settled yet: the same key again, when the retry policy says so. */
  public static ApplicationFailure unsettled(StepKey key, Outcome outcome) {
    return ApplicationFailure.newFailure(text(key, outcome), outcome.state().name(), outcome);
  }

  /** Not settled yet, and of no use to try before {@code wait} is over. */
  public static ApplicationFailure unsettled(StepKey key, Outcome outcome, Duration wait) {
    return ApplicationFailure.newBuilder()
        .setMessage(text(key, outcome))
        .setType(outcome.state().name())
        .setDetails(outcome)
        .setNextRetryDelay(wait)
        .build();
  }

  /** Nothing happened, and nothing will under this key: fenced, or refused before any call. */
  public static ApplicationFailure never(StepKey key, Reason reason) {
    Outcome outcome = Outcome.notExecuted(reason);
    return ApplicationFailure.newNonRetryableFailure(
        text(key, outcome), outcome.state().name(), outcome);
  }

  private static String text(StepKey key, Outcome outcome) {
    return key + " " + outcome.state() + outcome.reason().map(r -> ", " + r).orElse("");
  }
}
