package dev.orderflow.activities.inbox;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * That a person has looked at an event, and nothing is left to do about it.
 *
 * @param at by the database's clock
 * @param actor who
 * @param reason why, in their words
 */
public record Closed(Instant at, String actor, String reason) {

  /** For people, such as {@code closed on 2026-01-31 by anna: refunded by hand}. */
  public String inWords() {
    return "closed on "
        + at.atOffset(ZoneOffset.UTC).toLocalDate()
        + " by "
        + onOneLine(actor)
        + ": "
        + onOneLine(reason);
  }

  /** Whatever a person has typed, a terminal shows it as text. */
  private static String onOneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]+", " ");
  }
}
