package dev.orderflow.activities.coupon;

import java.time.Duration;

/**
 * How coupons are used.
 *
 * @param holdFor how long an unpaid order keeps its use; 15 minutes when absent
 */
public record CouponConfig(Duration holdFor) {

  public CouponConfig {
    holdFor = holdFor == null ? Duration.ofMinutes(15) : holdFor;
    if (holdFor.isNegative() || holdFor.isZero()) {
      throw new IllegalArgumentException("hold-for: " + holdFor + " is not above 0");
    }
  }

  public static CouponConfig defaults() {
    return new CouponConfig(null);
  }
}
