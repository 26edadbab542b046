package dev.orderflow.workflows.order;

/** Where an order stands. The truth about it, whatever Temporal's close status says. */
public enum OrderStatus {
  /** On its way. */
  PLACED,
  /** Waiting for the customer to pay, or to choose another way to. */
  AWAITING_PAYMENT,
  /** Authorized, waiting for a person to approve or deny it. */
  ON_HOLD,
  /** Being taken back. */
  COMPENSATING,
  /** Waiting for an operator: a step can be neither finished nor undone. */
  IN_REVIEW,
  /** Paid, and the goods handed over. */
  COMPLETED,
  /** Not possible as ordered: ledger, stock, coupon or a review refused it. Nobody paid. */
  REJECTED,
  /** The payment was declined. Nobody paid. */
  DECLINED,
  /** Given up, because a service did not answer within its horizon. Nobody paid. */
  FAILED,
  /**
   * Cancelled before it was completed, by whoever wished it or because its payment is disputed;
   * what was paid is refunded, unless the customer's bank has taken it back.
   */
  CANCELLED,
  /** Taken back after it was completed, and refunded. */
  REFUNDED;

  /** Whether the saga is over. A {@link #COMPLETED} order may still be refunded. */
  public boolean isEnded() {
    return compareTo(COMPLETED) >= 0;
  }

  /** Whether a person has to decide. */
  public boolean isWaitingForReview() {
    return this == ON_HOLD || this == IN_REVIEW;
  }
}
