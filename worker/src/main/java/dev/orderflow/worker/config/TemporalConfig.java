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
 */
public record TemporalConfig(
    Optional<Path> configFile, Optional<String> profile, String taskQueue, Integer ordersAtOnce) {

  /** Two cores are busy with 32 orders at a time; twice that keeps them so while some wait. */
  private static final int ORDERS_AT_ONCE = 64;

  public TemporalConfig {
    configFile = configFile == null ? Optional.empty() : configFile;
    profile = profile == null ? Optional.empty() : profile;
    taskQueue = taskQueue == null ? OrderAttributes.TASK_QUEUE : taskQueue;
    if (taskQueue.isBlank()) {
      throw new IllegalArgumentException("task-queue: must not be empty");
    }
    ordersAtOnce = ordersAtOnce == null ? ORDERS_AT_ONCE : ordersAtOnce;
    if (ordersAtOnce < 2 || ordersAtOnce > 1_000) {
      throw new IllegalArgumentException(
          "orders-at-once: " + ordersAtOnce + " is not within 2 to 1000");
    }
  }

  public static TemporalConfig defaults() {
    return new TemporalConfig(null, null, null, null);
  }
}
