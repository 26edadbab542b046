package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;

/**
 * One line of the provider's journal: the effect and the memory of its key, in one append.
 *
 * @param fingerprint of the request that the key belongs to
 * @param rules what the token asked for, only with the object that begins a payment
 * @param channel of the merchant, if it named one; only with that object, too
 */
@JsonInclude(Include.NON_EMPTY)
record Effect(
    long seq,
    Origin origin,
    PaymentObject object,
    String fingerprint,
    List<Rule> rules,
    String channel) {

  Effect {
    rules = rules == null ? List.of() : List.copyOf(rules);
  }

  /** The line as the public log shows it. */
  LogLine logLine() {
    return new LogLine(
        seq,
        object.createdAt(),
        object.object(),
        object.id(),
        object.status(),
        object.amount(),
        object.currency(),
        object.merchantReference(),
        object.parent(),
        object.idempotencyKey(),
        origin);
  }

  @JsonInclude(Include.NON_NULL)
  record LogLine(
      long seq,
      Instant at,
      Operation object,
      String id,
      PaymentObject.Status status,
      long amount,
      String currency,
      String merchantReference,
      String parent,
      String idempotencyKey,
      Origin origin) {}
}
