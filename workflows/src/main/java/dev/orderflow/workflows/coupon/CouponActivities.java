package dev.orderflow.workflows.coupon;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Undoing;
import io.temporal.activity.ActivityInterface;

/** What uses a coupon. Idempotent by key, in one transaction with the operation row. */
@ActivityInterface(namePrefix = "Coupon.")
public interface CouponActivities {

  /**
   * Holds one use of the coupon, for a limited time. {@code DECLINED} with {@code COUPON_UNKNOWN},
   * {@code COUPON_EXPIRED} or {@code COUPON_USED_UP} otherwise.
   */
  Outcome hold(Hold hold);

  /** Gives the use back, held or redeemed. Succeeds where there is none. */
  Outcome release(Release release);

  /** Makes a held use final. */
  Outcome redeem(StepKey key);

  /** A use to hold. */
  record Hold(StepKey key, String code, CustomerId customer) {}

  /** A use to give back. */
  record Release(StepKey key, StepKey forward) implements Undoing {}
}
