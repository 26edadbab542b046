package dev.orderflow.dev;

import java.time.Duration;

/** How long to wait before a part is started again: 0.2 s, doubling to 10 s. */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(200);
  static final Duration LAST = Duration.ofSeconds(10);

  /** A part that was well for this long begins at the first step again. */
  static final Duration FORGIVEN_AFTER = Duration.ofMinutes(1);

  private Duration next = FIRST;

  /**
   * The wait before the next start.
   *
   * @param wellFor how long the part had been ready before it failed
   */
  Duration after(Duration wellFor) {
    if (wellFor.compareTo(FORGIVEN_AFTER) >= 0) {
      next = FIRST;
    }
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LAST) > 0 ? LAST : doubled;
    return wait;
  }
}
