package dev.orderflow.activities.inbox;

/**
 * That a person has looked at an event, and wants nothing more done about it.
 *
 * @param actor who, 1 to 500 characters
 * @param reason why, in their words, 1 to 500 characters; kept
 */
public record Closing(String actor, String reason) {

  private static final int LONGEST = 500;

  public Closing {
    if (actor == null || actor.isBlank()) {
      throw new IllegalArgumentException("actor: is missing; say who has looked, it is kept");
    }
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("reason: is missing; say why, it is kept");
    }
    requireShort("actor", actor);
    requireShort("reason", reason);
  }

  private static void requireShort(String field, String value) {
    if (value.length() > LONGEST) {
      throw new IllegalArgumentException(field + ": must have 1 to " + LONGEST + " characters");
    }
  }
}
