package dev.orderflow.activities.inbox;

import dev.orderflow.activities.payment.CallbackEvent;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a channel's provider told us, as far as it is kept.
 *
 * @param eventId the provider's own; with the channel, what makes it one event
 * @param type the provider's word, for people
 * @param reference the provider's name for the transaction, where it says one
 * @param merchantReference our name for the payment, where it says one
 * @param happenedAt by the provider's clock
 */
public record Hint(
    String channel,
    String eventId,
    String type,
    Optional<String> reference,
    Optional<String> merchantReference,
    Instant happenedAt) {

  public Hint {
    Objects.requireNonNull(channel, "channel");
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(merchantReference, "merchantReference");
    Objects.requireNonNull(happenedAt, "happenedAt");
  }

  /** Which event it is. */
  EventKey key() {
    return new EventKey(channel, eventId);
  }

  /** Of an event that was verified. */
  public static Hint of(String channel, CallbackEvent event) {
    return new Hint(
        channel,
        event.id(),
        event.type(),
        event.reference(),
        event.merchantReference(),
        event.createdAt());
  }
}
