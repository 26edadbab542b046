package dev.orderflow.sandbox.callback;

/**
 * What happened, to tell the merchant of.
 *
 * @param channel the merchant's, that the payment belongs to
 * @param type such as {@code charge.succeeded}
 * @param reference id of the object
 */
public record Occurrence(String channel, String type, String reference, String merchantReference) {}
