package dev.orderflow.activities.coupon;

import dev.orderflow.activities.order.Discounts.Discount;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * A coupon as it stands; see {@link CouponIssue}.
 *
 * @param usesTaken held and redeemed ones
 * @param validity by the database's clock when it was read
 */
public record Coupon(
    String code,
    Optional<String> campaign,
    Discount worth,
    Instant validFrom,
    Optional<Instant> validUntil,
    int usesAllowed,
    int usesTaken,
    Optional<CustomerId> customer,
    Validity validity) {

  /** Whether a coupon can be used, apart from how often it was. */
  public enum Validity {
    NOT_YET,
    VALID,
    EXPIRED,
    REVOKED
  }

  /** Why the customer can't use it, apart from how often it was used. */
  Optional<Reason> refusal(CustomerId who) {
    if (customer.isPresent() && !customer.get().equals(who)) {
      return Optional.of(unknown(code));
    }
    return switch (validity) {
      case VALID -> Optional.empty();
      case NOT_YET ->
          Optional.of(
              new Reason("COUPON_NOT_VALID", "coupon " + code + " is valid from " + validFrom));
      case EXPIRED, REVOKED ->
          Optional.of(new Reason("COUPON_EXPIRED", "coupon " + code + " is not valid any more"));
    };
  }

  static Reason unknown(String code) {
    return new Reason("COUPON_UNKNOWN", "there is no coupon " + code + " for this customer");
  }
}
