package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.AttemptKind;
import java.time.Duration;

/**
 * One activity attempt at one channel.
 *
 * @param kind where it runs, which says how long it may take
 * @param budget for all its calls together
 * @param lease longer than the budget: while it lasts no other copy calls
 */
record Attempt(GuardedChannel channel, AttemptKind kind, CallBudget budget, Duration lease) {
  /** For what comes after the last call: the way back, and the commit. */
  private static final Duration MARGIN = Duration.ofSeconds(2);

  static Attempt of(GuardedChannel channel, AttemptKind kind) {
    CallLimits limits = channel.limits();
    Duration timeout = kind == AttemptKind.LOCAL ? limits.localTimeout() : limits.timeout();
    return new Attempt(channel, kind, CallBudget.of(timeout), timeout.plus(MARGIN));
  }
}
