package dev.orderflow.activities.coupon;

/** A coupon was to be made whose code another one has. */
public final class CodeTakenException extends IllegalArgumentException {

  CodeTakenException(String code) {
    super("code: '" + code + "' is taken");
  }
}
