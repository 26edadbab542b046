package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;

/**
 * What the provider did, or declined to do, as the API shows it. Immutable: a later operation is
 * another object whose {@code parent} is this one; a payment that waited for its customer, and a
 * dispute that is closed, are told anew, under the same id.
 *
 * @param amount in minor units of {@code currency}
 * @param parent id of the object it acts on; absent from the JSON of what begins a payment
 * @param reason of a decline, of a dispute, and of a refund that failed
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
    PENDING,
    /** A dispute that is not decided. */
    OPEN,
    /** A dispute that the shop has won. */
    WON,
    /** A dispute that the shop has lost. */
    LOST;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record Reason(ReasonCode code, String message) {
    Reason(ReasonCode code) {
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

  PaymentObject declined(ReasonCode code) {
    return became(Status.DECLINED, new Reason(code), amount, currency);
  }

  /** A dispute, decided. */
  PaymentObject decided(Status verdict) {
    return became(verdict, reason, amount, currency);
  }

  /** How the merchant is told of it. */
  String eventType() {
    return object.object() + "." + status.word();
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
      case SUCCEEDED, OPEN, WON, LOST -> 200;
      case PENDING -> 202;
      case DECLINED -> 402;
    };
  }
}
