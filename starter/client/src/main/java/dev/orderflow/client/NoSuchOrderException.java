package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;

/** No order of that id was ever placed, or its history is kept no longer. */
public final class NoSuchOrderException extends OrderflowException {

  NoSuchOrderException(OrderId order) {
    super(
        "there is no order "
            + order
            + "; 'list' shows the orders there are, and one whose history has expired can be"
            + " brought back by 'recover'");
  }
}
