package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.coupon.Coupon;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.order.CustomerId;
import java.time.Instant;
import java.util.Optional;

/**
 * One coupon, as it is printed.
 *
 * @param worth such as {@code 10 %} or {@code EUR 5.00}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CouponRow(
    String code,
    String worth,
    int used,
    int uses,
    Optional<Instant> validUntil,
    Optional<CustomerId> customer,
    Optional<String> campaign,
    State state) {

  /** Whether it can be used, as far as the coupon alone says it. */
  enum State {
    NOT_YET,
    VALID,
    USED_UP,
    EXPIRED,
    REVOKED
  }

  static CouponRow of(Coupon coupon) {
    return new CouponRow(
        coupon.code(),
        worth(coupon.worth()),
        coupon.usesTaken(),
        coupon.usesAllowed(),
        coupon.validUntil(),
        coupon.customer(),
        coupon.campaign(),
        state(coupon));
  }

  private static State state(Coupon coupon) {
    return switch (coupon.validity()) {
      case NOT_YET -> State.NOT_YET;
      case EXPIRED -> State.EXPIRED;
      case REVOKED -> State.REVOKED;
      case VALID -> coupon.usesTaken() < coupon.usesAllowed() ? State.VALID : State.USED_UP;
    };
  }

  private static String worth(Discounts.Discount discount) {
    if (discount instanceof Discounts.Percent percent) {
      return percent.percent().stripTrailingZeros().toPlainString() + " %";
    } else if (discount instanceof Discounts.Amount amount) {
      return amount.off().toString();
    }
    throw new IllegalArgumentException("a coupon is never worth nothing");
  }
}
