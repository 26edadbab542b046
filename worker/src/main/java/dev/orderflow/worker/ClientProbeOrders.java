package dev.orderflow.worker;

import dev.orderflow.activities.probe.ProbeOrders;
import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.worker.config.TemporalConfig;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Places and takes back a probe's orders as any client does. */
final class ClientProbeOrders implements ProbeOrders {

  private static final Decision OVER =
      Decision.bySystem(new Reason("PROBE", "the probe has seen enough"));

  private final OrderClient orders;

  @Inject
  ClientProbeOrders(WorkflowClient client, TemporalConfig config) {
    orders = OrderClient.over(client, config.taskQueue());
  }

  @Override
  public void place(OrderDocument document) {
    orders.place(document);
  }

  @Override
  public Optional<OrderView> ending(OrderId order, Duration within) {
    try {
      return Optional.of(orders.result(order, within));
    } catch (DeadlineException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<CancelReply> takeBack(OrderId order, Duration within) {
    try {
      return Optional.of(orders.cancel(order, OVER, within));
    } catch (DeadlineException e) {
      return Optional.empty();
    } catch (NoSuchOrderException e) {
      return Optional.of(
          new CancelReply(
              CancelReply.Verdict.REFUSED, OrderStatus.REJECTED, "it was never placed"));
    }
  }
}
