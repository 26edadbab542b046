package dev.orderflow.activities.coupon;

import dev.orderflow.activities.order.Discounts.Discount;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A coupon.
 *
 * @param code 1 to 64 letters, digits, '_' or '-'; case matters
 * @param campaign what it was made for
 * @param worth a {@code Percent} or an {@code Amount}
 * @param validUntil without an end when absent
 * @param usesAllowed 1 or more
 * @param usesTaken held and redeemed ones
 * @param customer whose it is; everybody's when absent
 * @param revoked no further use
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
    boolean revoked) {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public Coupon {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "code: '" + code + "' is not 1 to 64 letters, digits, '_' or '-'");
    }
    if (usesAllowed < 1) {
      throw new IllegalArgumentException("uses: " + usesAllowed + " is below 1");
    }
    if (validUntil.isPresent() && !validUntil.get().isAfter(validFrom)) {
      throw new IllegalArgumentException(
          "valid-until: " + validUntil.get() + " is not after " + validFrom);
    }
  }

  /** A coupon for everybody, valid from now on. */
  public static Coupon of(String code, Discount worth, int usesAllowed) {
    return new Coupon(
        code,
        Optional.empty(),
        worth,
        Instant.now(),
        Optional.empty(),
        usesAllowed,
        0,
        Optional.empty(),
        false);
  }

  /** Why the customer can't use it now, apart from how often it was used. */
  Optional<Reason> refusal(CustomerId who, Instant now) {
    if (customer.isPresent() && !customer.get().equals(who)) {
      return Optional.of(unknown(code));
    }
    if (revoked || validUntil.filter(until -> !now.isBefore(until)).isPresent()) {
      return Optional.of(new Reason("COUPON_EXPIRED", "coupon " + code + " is not valid any more"));
    }
    if (now.isBefore(validFrom)) {
      return Optional.of(
          new Reason("COUPON_NOT_VALID", "coupon " + code + " is valid from " + validFrom));
    }
    return Optional.empty();
  }

  static Reason unknown(String code) {
    return new Reason("COUPON_UNKNOWN", "there is no coupon " + code + " for this customer");
  }
}
