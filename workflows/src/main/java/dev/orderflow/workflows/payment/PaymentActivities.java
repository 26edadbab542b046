package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.activity.ActivityInterface;
import org.joda.money.Money;

/**
 * What moves money. Where it is not said otherwise every method answers {@code SUCCEEDED} or {@code
 * DECLINED}; what is not settled is thrown as a {@link dev.orderflow.workflows.saga.StepFailure},
 * retryable, with the outcome as its detail.
 *
 * <p>Each is idempotent by its key: the operation row is committed before the provider is called,
 * with the same key as the provider's idempotency key; a repeat returns the recorded outcome, and
 * while the row's lease is alive answers {@code PENDING}.
 */
@ActivityInterface(namePrefix = "Payment.")
public interface PaymentActivities {

  /**
   * Reserves the amount with the provider. Pins the order's reservations. Answers {@code PENDING}
   * where the customer has to do something first.
   */
  PaymentAnswer authorize(Payment payment);

  /** Takes the authorized amount: the pivot. */
  Outcome capture(Capture capture);

  /**
   * Authorizes and captures in one call: the pivot. Pins the order's reservations. Answers {@code
   * PENDING} where the customer has to do something first.
   */
  PaymentAnswer charge(Payment payment);

  /** Undoes an authorization. Succeeds where none was made, or a capture has consumed it. */
  Outcome voidAuthorization(Reversal reversal);

  /**
   * Gives back what a charge or capture took. First settles what is in doubt about it; succeeds
   * without a call where nothing was taken.
   */
  Outcome refund(Reversal reversal);

  /**
   * Asks the provider whether {@code reference} really is the undo (or do) that {@code key} names,
   * for the same amount, currency and payment, and records it as done. {@code DECLINED} with the
   * reason when it is not.
   */
  Outcome verify(Verification verification);

  /**
   * Asks the provider where an authorization or charge stands, and records it. {@code PENDING}
   * while it waits for the customer; {@code NOT_EXECUTED} when it is certain that the provider does
   * not know of it.
   */
  PaymentAnswer query(StepKey payment);

  /**
   * Closes an authorization or charge at the provider, so that the customer can't pay it any more,
   * and fences its key. {@code DECLINED} when it is closed; {@code SUCCEEDED} when it was paid
   * before that.
   */
  Outcome close(StepKey payment);

  /** A payment to make. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Payment(StepKey key, String channel, String token, Money amount) {}

  /** An authorization to capture in full. */
  record Capture(StepKey key, StepKey authorization) {}

  /** A payment to take back in full. */
  record Reversal(StepKey key, StepKey forward) {}

  /** What an operator says was done by other means. */
  record Verification(StepKey key, StepKey forward, String reference) {}
}
