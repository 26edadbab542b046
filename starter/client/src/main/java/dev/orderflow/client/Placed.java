package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;

/** An order that is placed. */
public record Placed(OrderId orderId, Novelty novelty) {

  /** Whether this call placed it. */
  public enum Novelty {
    /** It is new. */
    NEW,
    /** The same document was placed under the same key before; nothing was done. */
    EXISTING
  }
}
