package dev.orderflow.worker.gateway;

import dev.orderflow.workflows.order.OrderId;

/** How an order is told that its provider has something to say. */
public interface Reports {

  /**
   * Tells the order, or its aftercare, to ask the provider. A hint without facts: again is fine.
   * Throws what {@link dev.orderflow.client.OrderClient} throws.
   */
  void paymentReported(OrderId order);
}
