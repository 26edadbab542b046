package dev.orderflow.worker;

import dev.orderflow.worker.config.TemporalConfig;
import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.AftercareWorkflowImpl;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderWorkflowImpl;
import dev.orderflow.workflows.order.RecallWorkflowImpl;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.probe.ProbeActivities;
import dev.orderflow.workflows.probe.ProbeRunWorkflowImpl;
import dev.orderflow.workflows.probe.ProbeWorkflowImpl;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import dev.orderflow.workflows.settlement.ReconcileDayWorkflowImpl;
import dev.orderflow.workflows.settlement.ReconcileWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The workflows and activities of orders, polling one task queue. */
public final class OrderWorker {

  /** Steps in trouble, mostly waiting for somebody else. */
  private static final int DURABLE_STEPS_AT_ONCE = 40;

  /** A cold JVM may take longer than the default second to load the classes of a first order. */
  private static final Duration DEADLOCK = Duration.ofSeconds(5);

  private static final int JAVA = Runtime.version().feature();

  private final WorkerFactory factory;

  @Inject
  OrderWorker(
      WorkflowClient client,
      TemporalConfig config,
      OrderActivities order,
      CouponActivities coupon,
      InventoryActivities inventory,
      PaymentActivities payment,
      RewardActivities reward,
      NotificationActivities notification,
      ReconcileActivities reconcile,
      ProbeActivities probe) {
    factory = WorkerFactory.newInstance(client, factoryOptions(config.ordersInMemory()));
    Worker worker = factory.newWorker(config.taskQueue(), options(config));
    worker.registerWorkflowImplementationTypes(
        OrderWorkflowImpl.class,
        AftercareWorkflowImpl.class,
        RecallWorkflowImpl.class,
        ReconcileWorkflowImpl.class,
        ReconcileDayWorkflowImpl.class,
        ProbeWorkflowImpl.class,
        ProbeRunWorkflowImpl.class);
    worker.registerActivitiesImplementations(
        order, coupon, inventory, payment, reward, notification, reconcile, probe);
  }

  /** An order in memory holds one thread, and one more for each update or cancellation at work. */
  private static int workflowThreads(int orders) {
    return orders * 3 / 2;
  }

  static WorkerFactoryOptions factoryOptions(int ordersInMemory) {
    return WorkerFactoryOptions.newBuilder()
        .setWorkflowCacheSize(ordersInMemory)
        .setMaxWorkflowThreadCount(workflowThreads(ordersInMemory))
        .setUsingVirtualWorkflowThreads(JAVA >= 21)
        .build();
  }

  /** One step at a time per order, and a few left over from attempts that timed out. */
  private static int localSteps(int orders) {
    return orders + orders / 4 + 1;
  }

  static WorkerOptions options(TemporalConfig config) {
    // Before 24 a virtual thread that waits inside synchronized code, as mail and JDBC drivers
    // have it, holds on to its core.
    boolean virtual = JAVA >= 24;
    return WorkerOptions.newBuilder()
        .setMaxConcurrentWorkflowTaskExecutionSize(config.ordersAtOnce())
        .setMaxConcurrentLocalActivityExecutionSize(localSteps(config.ordersAtOnce()))
        .setMaxConcurrentWorkflowTaskPollers(config.workflowTaskPollers())
        .setMaxConcurrentActivityExecutionSize(DURABLE_STEPS_AT_ONCE)
        .setDefaultDeadlockDetectionTimeout(DEADLOCK.toMillis())
        .setUsingVirtualThreads(virtual)
        .build();
  }

  /** Begins to poll. */
  public void start() {
    factory.start();
  }

  /** Whether it polls. */
  public boolean isRunning() {
    return factory.isStarted() && !factory.isShutdown();
  }

  /**
   * Takes nothing new and finishes what was begun; what is not finished within {@code grace} is
   * left to another worker, which repeats it under the same keys.
   */
  public void drain(Duration grace) {
    factory.shutdown();
    factory.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
    if (!factory.isTerminated()) {
      factory.shutdownNow();
      factory.awaitTermination(2, TimeUnit.SECONDS);
    }
  }
}
