package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;

/** The order does not allow it as it stands now. */
public final class NotPossibleException extends OrderflowException {

  NotPossibleException(OrderId order, String why) {
    super("order " + order + ": " + why);
  }
}
