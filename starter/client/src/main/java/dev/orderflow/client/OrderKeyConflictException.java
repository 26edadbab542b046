package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;

/** The key was used before, for another document. */
public final class OrderKeyConflictException extends OrderflowException {

  private final OrderId orderId;

  OrderKeyConflictException(String key, OrderId order) {
    super(
        "key: '"
            + key
            + "' was used for another document, which is order "
            + order
            + "; give a new order a new key, or send the same document again");
    this.orderId = order;
  }

  /** The order that has the key. */
  public OrderId orderId() {
    return orderId;
  }
}
