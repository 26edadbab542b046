package dev.orderflow.workflows.saga;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;

/** What a step's failure says. */
public final class Failures {

  private Failures() {}

  /** The reason an activity failed, in the words of whoever knows best. */
  public static Reason reason(ActivityFailure failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof ApplicationFailure said) {
      return new Reason(said.getType(), said.getOriginalMessage());
    }
    if (cause instanceof TimeoutFailure timeout
        && timeout.getCause() instanceof ApplicationFailure last) {
      return new Reason(last.getType(), last.getOriginalMessage());
    }
    return new Reason("NO_ANSWER", failure.getActivityType() + " gave no answer");
  }
}
