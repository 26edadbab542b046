package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * What the provider did, or declined to do, as the API shows it. Immutable: a later operation is
 * another object whose {@code parent} is this one; a payment that waited for its customer is told
 * anew, under the same id.
 *
 * @param amount in minor units of {@code currency}
 * @param parent id of the object it acts on; absent from the JSON of what begins a payment
 * @param reason only of a decline
 * @param metadata what a caller without keys knows it by
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
    Reason reason,
    String metadata) {

  enum Status {
    SUCCEEDED,
    DECLINED,
    /** It waits for the customer. */
    PENDING;

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

  PaymentObject paid() {
    return paid(amount, currency);
  }

  /** What came may be something else than what was asked for. */
  PaymentObject paid(long amountThatCame, String currencyThatCame) {
    return became(Status.SUCCEEDED, null, amountThatCame, currencyThatCame);
  }

  PaymentObject declined(DeclineCode code) {
    return became(Status.DECLINED, new Reason(code), amount, currency);
  }

  private PaymentObject became(Status now, Reason why, long howMuch, String ofWhat) {
    return new PaymentObject(
        id,
        object,
        now,
        howMuch,
        ofWhat,
        merchantReference,
        parent,
        idempotencyKey,
        createdAt,
        why,
        metadata);
  }

  int httpStatus() {
    return switch (status) {
      case SUCCEEDED -> 200;
      case PENDING -> 202;
      case DECLINED -> 402;
    };
  }
}
