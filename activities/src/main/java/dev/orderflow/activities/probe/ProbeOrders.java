package dev.orderflow.activities.probe;

import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderView;
import java.time.Duration;
import java.util.Optional;

/** The way by which a probe's orders go, which is everybody's. */
public interface ProbeOrders {

  /** Places the order; again is the same order. */
  void place(OrderDocument document);

  /** How it ended; empty when it has not within that time. */
  Optional<OrderView> ending(OrderId order, Duration within);

  /** Takes it back, wherever it stands; empty when it was not answered within that time. */
  Optional<CancelReply> takeBack(OrderId order, Duration within);
}
