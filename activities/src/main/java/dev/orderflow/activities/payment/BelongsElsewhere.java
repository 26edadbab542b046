package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Reason;

/** A provider's transaction and an operation are not each other's; undoes the transaction. */
final class BelongsElsewhere extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Reason reason;

  BelongsElsewhere(String message) {
    super(message, null, false, false);
    reason = new Reason("TRANSACTION_DIFFERS", message);
  }

  Reason reason() {
    return reason;
  }
}
