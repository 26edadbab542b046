package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;

/** The key was used before, for another document. */
public final class OrderKeyConflictException extends OrderflowException {

  private final OrderId orderId;

  private OrderKeyConflictException(OrderId order, String message) {
    super(message + "; give a new order a new key, or send the same document again");
    this.orderId = order;
  }

  static OrderKeyConflictException ofKey(String key, OrderId order) {
    return new OrderKeyConflictException(
        order, "key: '" + key + "' was used for another document, which is order " + order);
  }

  static OrderKeyConflictException ofOrder(OrderId order) {
    return new OrderKeyConflictException(
        order, "order " + order + ": its key was used for another document before");
  }

  /** The order that has the key. */
  public OrderId orderId() {
    return orderId;
  }
}
