package dev.orderflow.activities.inbox;

import java.time.Instant;

/**
 * That a person has looked at an event, and nothing is left to do about it.
 *
 * @param at by the database's clock
 * @param actor who
 * @param reason why, in their words
 */
public record Closed(Instant at, String actor, String reason) {}
