package dev.orderflow.worker;

import dev.orderflow.activities.settlement.OrderHints;
import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.worker.config.TemporalConfig;
import dev.orderflow.workflows.order.OrderId;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Inject;

/** Tells orders through their client. */
final class ClientHints implements OrderHints {

  private final OrderClient orders;

  @Inject
  ClientHints(WorkflowClient client, TemporalConfig config) {
    orders = OrderClient.over(client, config.taskQueue());
  }

  @Override
  public Told paymentReported(OrderId order) {
    try {
      orders.paymentReported(order);
      return Told.SENT;
    } catch (NoSuchOrderException e) {
      return Told.NOBODY;
    }
  }
}
