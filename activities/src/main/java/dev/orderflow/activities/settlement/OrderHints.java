package dev.orderflow.activities.settlement;

import dev.orderflow.workflows.order.OrderId;

/** How an order is told that its provider knows something that the ledger doesn't. */
public interface OrderHints {

  /** What became of a hint. */
  enum Told {
    /** The order, or its aftercare, will ask its provider. */
    SENT,
    /** There is nobody to tell. */
    NOBODY
  }

  /** Again is fine. Throws where it can't be said now. */
  Told paymentReported(OrderId order);
}
