package dev.orderflow.activities.coupon;

import dev.orderflow.activities.order.Discounts.Discount;
import dev.orderflow.workflows.order.CustomerId;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A coupon that is to be made, valid from the moment it is.
 *
 * @param code 1 to 64 letters, digits, '_' or '-'; case matters
 * @param campaign what it is made for
 * @param worth a {@code Percent} or an {@code Amount}
 * @param validFor above 0; without an end when absent
 * @param uses 1 or more
 * @param customer whose it is; everybody's when absent
 */
public record CouponIssue(
    String code,
    Optional<String> campaign,
    Discount worth,
    Optional<Duration> validFor,
    int uses,
    Optional<CustomerId> customer) {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public CouponIssue {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "code: '" + code + "' is not 1 to 64 letters, digits, '_' or '-'");
    }
    if (uses < 1) {
      throw new IllegalArgumentException("uses: " + uses + " is below 1");
    }
    if (validFor.filter(span -> span.isNegative() || span.isZero()).isPresent()) {
      throw new IllegalArgumentException("valid-for: " + validFor.get() + " is not above 0");
    }
  }

  /** A coupon for everybody, without an end. */
  public static CouponIssue of(String code, Discount worth, int uses) {
    return new CouponIssue(code, Optional.empty(), worth, Optional.empty(), uses, Optional.empty());
  }
}
