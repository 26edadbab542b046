package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Reason;

/** Why a wish for a refund can't be fulfilled. Nothing was written. */
final class RefundRefused extends RuntimeException {
  private final transient Reason reason;

  RefundRefused(String code, String message) {
    super(message, null, false, false);
    this.reason = new Reason(code, message);
  }

  Reason reason() {
    return reason;
  }
}
