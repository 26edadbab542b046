package dev.orderflow.activities.inbox;

/**
 * What makes what providers send one event, however often it is sent.
 *
 * @param eventId the provider's own
 */
public record EventKey(String channel, String eventId) {}
