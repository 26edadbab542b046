package dev.orderflow.client;

import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.OrderView;
import java.time.ZoneOffset;

/** The order ended long ago and is archived, as the message says: nothing can be done for it. */
public final class OrderArchivedException extends OrderflowException {

  OrderArchivedException(String said) {
    super(said);
  }

  static OrderArchivedException of(OrderView order, Archived since) {
    return new OrderArchivedException(
        "order "
            + order.orderId()
            + " ended as "
            + order.status()
            + " on "
            + since.endedAt().atOffset(ZoneOffset.UTC).toLocalDate()
            + " and is archived: nothing can be done for it any more");
  }
}
