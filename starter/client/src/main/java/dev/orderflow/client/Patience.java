package dev.orderflow.client;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How long a service that answers nothing is asked again. It begins with the first attempt that
 * fails after an answer: in a quiet stretch nothing was asked, and nothing is held against it.
 */
final class Patience {

  private final Duration length;
  private final LongSupplier nanos;
  private OptionalLong failing = OptionalLong.empty();
  private boolean answered;

  /**
   * @param nanos counts them, from anywhere
   */
  Patience(Duration length, LongSupplier nanos) {
    this.length = length;
    this.nanos = nanos;
  }

  /** An order was placed, or refused. */
  synchronized void answered() {
    answered = true;
    failing = OptionalLong.empty();
  }

  /** Whether an answer ever came. */
  synchronized boolean wasAnswered() {
    return answered;
  }

  /** An attempt has failed: whether all have for so long. */
  synchronized boolean isOver() {
    long now = nanos.getAsLong();
    long since = failing.orElse(now);
    failing = OptionalLong.of(since);
    return now - since > length.toNanos();
  }
}
