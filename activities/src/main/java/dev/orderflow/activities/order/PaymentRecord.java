package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentBalance;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the room of payments knows of an order's money, as far as orders tell it. */
public interface PaymentRecord {

  /**
   * The channel that took what the order is paid with, or else was asked for it last; empty where
   * none was.
   */
  Optional<String> paidBy(Handle tx, OrderId order);

  /** What the order's payments took and gave back; empty where none took anything. */
  Optional<PaymentBalance> balance(Handle tx, OrderId order);
}
