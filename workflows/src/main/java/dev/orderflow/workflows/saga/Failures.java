package dev.orderflow.workflows.saga;

import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;
import java.util.stream.Stream;

/** What a step's failure says. */
public final class Failures {

  private Failures() {}

  /** The reason an activity failed, in the words of whoever knows best. */
  public static Reason reason(ActivityFailure failure) {
    Throwable cause = failure.getCause();
    if (cause instanceof ApplicationFailure said) {
      return reason(said);
    }
    if (cause instanceof TimeoutFailure timeout
        && timeout.getCause() instanceof ApplicationFailure last) {
      return reason(last);
    }
    return new Reason("NO_ANSWER", failure.getActivityType() + " gave no answer");
  }

  private static Reason reason(ApplicationFailure said) {
    Reason own = new Reason(said.getType(), said.getOriginalMessage());
    if (said.getDetails().getSize() == 0) {
      return own;
    }
    try {
      return Optional.ofNullable(said.getDetails().get(Outcome.class))
          .flatMap(Outcome::reason)
          .orElse(own);
    } catch (DataConverterException e) {
      // Not one of ours: a shop's own channel may fail in its own words.
      return own;
    }
  }

  /** Where a step stands that failed, as its last attempt said; empty where it did not say. */
  static Optional<Outcome.State> state(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        ? Stream.of(Outcome.State.values()).filter(s -> s.name().equals(said.getType())).findFirst()
        : Optional.empty();
  }

  /** Whether the activity failed with that type. */
  public static boolean isOfType(ActivityFailure failure, String type) {
    return failure.getCause() instanceof ApplicationFailure said && said.getType().equals(type);
  }

  /** As {@link #isRefusal(ActivityFailure)}, for the reason of that code. */
  public static boolean isRefusal(ActivityFailure failure, String code) {
    return isRefusal(failure) && reason(failure).code().equals(code);
  }

  /** Whether the step was refused before anything happened, and no repeat would change that. */
  public static boolean isRefusal(ActivityFailure failure) {
    return failure.getCause() instanceof ApplicationFailure said
        && said.isNonRetryable()
        && said.getType().equals(Outcome.State.NOT_EXECUTED.name());
  }
}
