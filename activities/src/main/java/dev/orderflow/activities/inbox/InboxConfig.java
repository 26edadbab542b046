package dev.orderflow.activities.inbox;

import java.time.Duration;

/**
 * How long what providers told us is remembered.
 *
 * @param keepFor how long after it was delivered, or closed, an event is recognised when it is sent
 *     again, at least a day; 30 days when absent. Providers repeat for days
 */
public record InboxConfig(Duration keepFor) {

  public InboxConfig {
    keepFor = keepFor == null ? Duration.ofDays(30) : keepFor;
    if (keepFor.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("keep-for: " + keepFor + " is less than a day");
    }
  }

  public static InboxConfig defaults() {
    return new InboxConfig(null);
  }
}
