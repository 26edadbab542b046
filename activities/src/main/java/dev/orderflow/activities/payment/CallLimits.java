package dev.orderflow.activities.payment;

import java.time.Duration;

/**
 * How much a channel may take of this process.
 *
 * @param localTimeout for all calls of a local attempt; below its time limit
 * @param timeout for all calls of a regular attempt
 * @param maxInFlight attempts that may be at the provider at once, so that one that hangs cannot
 *     occupy every slot of the worker
 */
public record CallLimits(Duration localTimeout, Duration timeout, int maxInFlight) {
  public CallLimits {
    requirePositive("local-timeout", localTimeout);
    requirePositive("timeout", timeout);
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("max-in-flight: " + maxInFlight + " is below 1");
    }
  }

  private static void requirePositive(String field, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(field + ": " + duration + " is not above zero");
    }
  }
}
