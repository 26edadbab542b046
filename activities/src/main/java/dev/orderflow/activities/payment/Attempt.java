package dev.orderflow.activities.payment;

import java.time.Duration;

/**
 * One activity attempt at one channel.
 *
 * @param budget for all its calls together
 * @param lease longer than the budget: while it lasts no other copy calls
 */
record Attempt(PaymentChannel channel, CallBudget budget, Duration lease) {
  /** For what comes after the last call: the way back, and the commit. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  static Attempt of(PaymentChannel channel, Duration timeout) {
    return new Attempt(channel, CallBudget.of(timeout), timeout.plus(MARGIN));
  }
}
