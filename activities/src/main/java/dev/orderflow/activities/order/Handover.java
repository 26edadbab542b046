package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.OrderId;
import org.jdbi.v3.core.Handle;

/** Who keeps account of goods learns that an operator handed them over by other means. */
public interface Handover {

  /** The order's goods have left. Idempotent; in the transaction that completes the order. */
  void handedOver(Handle tx, OrderId order);
}
