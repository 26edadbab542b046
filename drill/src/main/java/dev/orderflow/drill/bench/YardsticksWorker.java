package dev.orderflow.drill.bench;

import com.google.inject.Injector;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.payment.PaymentActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;

/**
 * Works on what orders are compared with: beside the worker of the orders in one process, over the
 * same connection, with as many slots and threads, and with its very activities.
 */
final class YardsticksWorker implements AutoCloseable {

  private final WorkerFactory factory;

  YardsticksWorker(Injector orders, String taskQueue) {
    factory =
        WorkerFactory.newInstance(
            orders.getInstance(WorkflowClient.class),
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(400)
                .setMaxWorkflowThreadCount(600)
                .setUsingVirtualWorkflowThreads(Runtime.version().feature() >= 21)
                .build());
    Worker worker =
        factory.newWorker(
            taskQueue,
            WorkerOptions.newBuilder().setMaxConcurrentWorkflowTaskExecutionSize(64).build());
    worker.registerWorkflowImplementationTypes(
        FloorWorkflow.Empty.class, TextbookWorkflow.OneByOne.class);
    worker.registerActivitiesImplementations(
        orders.getInstance(OrderActivities.class),
        orders.getInstance(InventoryActivities.class),
        orders.getInstance(PaymentActivities.class),
        orders.getInstance(NotificationActivities.class));
  }

  /** Of that run alone: what another one left behind is not worked on. */
  static String taskQueue(String run) {
    return "bench-yardsticks-" + run;
  }

  void start() {
    factory.start();
  }

  @Override
  public void close() {
    factory.shutdownNow();
  }
}
