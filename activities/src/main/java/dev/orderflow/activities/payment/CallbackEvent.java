package dev.orderflow.activities.payment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a verified callback is about. A hint: no fact about money is taken from it, only what is to
 * be asked for.
 *
 * @param id the provider's own, the same however often it is sent
 * @param type the provider's word, for people
 * @param reference the provider's name for the transaction, where it says one
 * @param merchantReference our name for the payment, the order id, where it says one
 * @param mode whether money moves at all
 * @param account whose it is at the provider, where it says so
 * @param createdAt when the provider says that it happened; where it does not say so, when the
 *     callback was received
 */
public record CallbackEvent(
    String id,
    String type,
    Optional<String> reference,
    Optional<String> merchantReference,
    Mode mode,
    Optional<String> account,
    Instant createdAt) {

  /** The provider's own separation of play money. */
  public enum Mode {
    TEST,
    LIVE
  }

  public CallbackEvent {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(createdAt, "createdAt");
  }
}
