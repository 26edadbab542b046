package dev.orderflow.client;

import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.OrderView;

/** The order ended long ago and is archived, as the message says: nothing can be done for it. */
public final class OrderArchivedException extends OrderflowException {

  OrderArchivedException(String said) {
    super(said);
  }

  static OrderArchivedException of(OrderView order, Archived since) {
    return new OrderArchivedException(since.inWords(order.orderId(), order.status()));
  }
}
