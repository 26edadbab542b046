package dev.orderflow.activities.payment;

import java.time.Duration;

/** What is left of the time that one attempt may spend on calls to the provider. */
public final class CallBudget {
  private final long deadlineNanos;

  private CallBudget(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** A budget that begins to run now. */
  public static CallBudget of(Duration length) {
    return new CallBudget(System.nanoTime() + length.toNanos());
  }

  /** What is left; zero when it is spent. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
  }
}
