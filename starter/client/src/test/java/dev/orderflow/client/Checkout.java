package dev.orderflow.client;

import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Duration;

// README: from here on it is shown there.
/** Where a shop's service meets orderflow. */
final class Checkout {

  private final OrderClient orders; // OrderClient.connect(ConnectionSettings.usual())

  Checkout(OrderClient orders) {
    this.orders = orders;
  }

  /** The button may be pressed twice: the same key is the same order. */
  OrderStatus buy(OrderDocument cart) {
    OrderId order = orders.place(cart).orderId();
    return orders.result(order, Duration.ofSeconds(30)).status();
  }

  /** On its way or completed: what was paid is refunded. */
  CancelReply changedTheirMind(OrderId order) {
    Decision decision = new Decision("checkout", Decision.Role.CUSTOMER, "changed their mind");
    return orders.cancel(order, decision, Duration.ofSeconds(30));
  }
}
