package dev.orderflow.worker.config;

import dev.orderflow.workflows.order.OrderAttributes;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Temporal is: what its own configuration says, which the Temporal CLI reads too.
 *
 * @param configFile a file in Temporal's client configuration format, and then this file alone;
 *     when absent, the environment ({@code TEMPORAL_CONFIG_FILE}, {@code TEMPORAL_ADDRESS}, …)
 *     decides
 * @param profile the profile in that file
 * @param taskQueue the task queue of orders; {@code orders} when absent
 * @param ordersAtOnce how many orders this worker carries at a time, 2 to 1,000; 64 when absent.
 *     What waits in steps of its own, for a customer or a person, does not count
 * @param ordersInMemory how many orders this worker remembers between their tasks (Temporal's
 *     workflow cache), not less than {@code ordersAtOnce} and at most 10,000; when absent 400, or
 *     {@code ordersAtOnce} where that is more. Each holds a thread, before Java 21 one of the
 *     system's. One that was forgotten is read again from its history
 * @param workflowTaskPollers how many questions for workflow tasks are under way, 2 or more, and at
 *     most half of {@code ordersAtOnce}; when absent an eighth of it, but 2 to 5
 */
public record TemporalConfig(
    Optional<Path> configFile,
    Optional<String> profile,
    String taskQueue,
    Integer ordersAtOnce,
    Integer ordersInMemory,
    Integer workflowTaskPollers) {

  /** Eight keep two processors busy; the others have room to wait for a slow provider. */
  private static final int ORDERS_AT_ONCE = 64;

  /** Most orders end within their first task; a heap of 256 MB has room for these. */
  private static final int ORDERS_IN_MEMORY = 400;

  private static final int LEAST_POLLERS = 2;
  private static final int MOST_POLLERS = 5;

  public TemporalConfig {
    configFile = configFile == null ? Optional.empty() : configFile;
    profile = profile == null ? Optional.empty() : profile;
    taskQueue = taskQueue == null ? OrderAttributes.TASK_QUEUE : taskQueue;
    if (taskQueue.isBlank()) {
      throw new IllegalArgumentException("task-queue: must not be empty");
    }
    ordersAtOnce = ordersAtOnce == null ? ORDERS_AT_ONCE : ordersAtOnce;
    require("orders-at-once", ordersAtOnce, 2, 1_000);
    ordersInMemory =
        ordersInMemory == null ? Math.max(ORDERS_IN_MEMORY, ordersAtOnce) : ordersInMemory;
    // None may be pushed out within its task.
    require("orders-in-memory", ordersInMemory, ordersAtOnce, 10_000);
    workflowTaskPollers = workflowTaskPollers == null ? pollers(ordersAtOnce) : workflowTaskPollers;
    // Who asks for a task holds a place for it, and half of them ask for tasks of orders that this
    // worker has in memory, which there mostly are none of.
    require(
        "workflow-task-pollers",
        workflowTaskPollers,
        LEAST_POLLERS,
        Math.max(LEAST_POLLERS, ordersAtOnce / 2));
  }

  private static int pollers(int ordersAtOnce) {
    return Math.max(LEAST_POLLERS, Math.min(MOST_POLLERS, ordersAtOnce / 8));
  }

  private static void require(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d is not within %d to %d".formatted(key, value, least, most));
    }
  }

  public static TemporalConfig defaults() {
    return new TemporalConfig(null, null, null, null, null, null);
  }
}
