package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One thing that a token asked for. Kept with the payment, so that later operations know it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "rule")
@JsonSubTypes({
  @Type(value = Rule.Decline.class, name = "decline"),
  @Type(value = Rule.Fail.class, name = "fail"),
  @Type(value = Rule.Wait.class, name = "wait"),
  @Type(value = Rule.Unreachable.class, name = "unreachable"),
  @Type(value = Rule.RefuseUndo.class, name = "refuse_undo"),
  @Type(value = Rule.Customer.class, name = "customer"),
  @Type(value = Rule.Dispute.class, name = "dispute"),
  @Type(value = Rule.Win.class, name = "win"),
  @Type(value = Rule.RefundFails.class, name = "refund_fails")
})
sealed interface Rule {

  /** Every such operation is declined. */
  record Decline(Operation on, ReasonCode code) implements Rule {}

  /** The first {@code times} requests, or answers, of such an operation meet the fault. */
  record Fail(Operation on, Fault fault, int times) implements Rule {}

  /** Such an operation takes long, before or after its effect. */
  record Wait(Operation on, Moment moment, long millis) implements Rule {}

  /** Nobody reaches the provider about this merchant reference, from its first sight on. */
  record Unreachable(long millis) implements Rule {}

  /** The first {@code times} voids or refunds, each under a fresh key, are declined. */
  record RefuseUndo(int times) implements Rule {}

  /** The payment waits for its customer, who acts {@code millis} after it began. */
  record Customer(Act act, long millis, Told told) implements Rule {}

  /** The customer disputes all of the payment {@code millis} after it succeeded. */
  record Dispute(long millis) implements Rule {}

  /** The shop wins a dispute of the payment {@code millis} after it was opened. */
  record Win(long millis) implements Rule {}

  /** The first refund by the API fails {@code millis} after it was made. */
  record RefundFails(long millis) implements Rule {}

  /** What the customer does of their own accord. */
  enum Act {
    PAYS,
    /** Also when the payment was closed meanwhile: a bank that did not hear of it. */
    PAYS_ANYWAY,
    CANCELS,
    STAYS_AWAY
  }

  /** How often the merchant is told of it. */
  enum Told {
    NEVER(0),
    ONCE(1),
    TWICE(2);

    private final int times;

    Told(int times) {
      this.times = times;
    }

    int times() {
      return times;
    }
  }

  /** What goes wrong. */
  enum Fault {
    ERROR_BEFORE,
    ERROR_AFTER,
    HANG_BEFORE,
    HANG_AFTER
  }

  /** On which side of the effect. */
  enum Moment {
    BEFORE,
    AFTER
  }
}
