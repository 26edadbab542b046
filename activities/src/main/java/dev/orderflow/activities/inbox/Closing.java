package dev.orderflow.activities.inbox;

/**
 * That a person has looked at an event, and wants nothing more done about it.
 *
 * @param actor who, not blank
 * @param reason why, in their words, not blank; kept
 */
public record Closing(String actor, String reason) {

  public Closing {
    if (actor == null || actor.isBlank()) {
      throw new IllegalArgumentException("actor: is missing; say who has looked, it is kept");
    }
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("reason: is missing; say why, it is kept");
    }
  }
}
