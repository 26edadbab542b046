package dev.orderflow.client;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.Optional;

/** Which orders to list; what is absent does not matter. */
public record OrderQuery(Optional<OrderStatus> status, Optional<CustomerId> customer) {

  /** Every order. */
  public static OrderQuery all() {
    return new OrderQuery(Optional.empty(), Optional.empty());
  }

  public OrderQuery with(OrderStatus wanted) {
    return new OrderQuery(Optional.of(wanted), customer);
  }

  public OrderQuery with(CustomerId wanted) {
    return new OrderQuery(status, Optional.of(wanted));
  }
}
