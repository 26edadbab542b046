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
 * @param ordersInMemory how many orders this worker remembers between their tasks, not less than
 *     {@code ordersAtOnce} and at most 100,000; when absent 400, or {@code ordersAtOnce} where that
 *     is more. One that was forgotten is read again from its history
 * @param pollers how many questions for tasks are under way, 2 to 100; when absent 5, or an eighth
 *     of {@code ordersAtOnce} where that is less
 */
public record TemporalConfig(
    Optional<Path> configFile,
    Optional<String> profile,
    String taskQueue,
    Integer ordersAtOnce,
    Integer ordersInMemory,
    Integer pollers) {

  /** Eight keep two processors busy; the others have room to wait for a slow provider. */
  private static final int ORDERS_AT_ONCE = 64;

  /** Most orders end within their first task; a heap of 256 MB has room for these. */
  private static final int ORDERS_IN_MEMORY = 400;

  private static final int POLLERS = 5;

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
    require("orders-in-memory", ordersInMemory, ordersAtOnce, 100_000);
    pollers = pollers == null ? pollers(ordersAtOnce) : pollers;
    require("pollers", pollers, 2, 100);
  }

  /**
   * Who asks for a task holds a place for it, and half of them ask for tasks of orders that this
   * worker has in memory, which there mostly are none of: of few places they must not take half.
   */
  private static int pollers(int orders) {
    return Math.max(2, Math.min(POLLERS, orders / 8));
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
