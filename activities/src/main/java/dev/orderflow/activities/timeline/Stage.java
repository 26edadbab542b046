package dev.orderflow.activities.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A stretch of an order's way.
 *
 * @param name such as {@code charge/1}, {@code charge/1 in doubt}, {@code review of charge/1}, or
 *     {@code until commit/1} of a gap
 * @param end absent while it lasts
 * @param outcome of what was done; absent of a gap
 */
public record Stage(
    String name,
    WaitedFor waitedFor,
    Instant begin,
    Optional<Instant> end,
    Optional<String> outcome) {

  /** How long it took; of one that lasts, until {@code now}. */
  public Duration duration(Instant now) {
    return Duration.between(begin, end.orElse(now));
  }

  /** Whether nothing of the order was at work then. */
  public boolean isGap() {
    return outcome.isEmpty();
  }
}
