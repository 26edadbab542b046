package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * What the provider did, or declined to do, as the API shows it. Immutable: a later operation is
 * another object whose {@code parent} is this one.
 *
 * @param amount in minor units of {@code currency}
 * @param parent id of the object it acts on; absent from the JSON of what begins a payment
 * @param reason only of a decline
 */
@JsonInclude(Include.NON_NULL)
record PaymentObject(
    String id,
    Operation object,
    Status status,
    long amount,
    String currency,
    String merchantReference,
    String parent,
    String idempotencyKey,
    Instant createdAt,
    Reason reason) {

  enum Status {
    SUCCEEDED,
    DECLINED;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Reason(DeclineCode code, String message) {
    Reason(DeclineCode code) {
      this(code, code.message());
    }
  }

  int httpStatus() {
    return status == Status.SUCCEEDED ? 200 : 402;
  }
}
