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
 */
public record TemporalConfig(
    Optional<Path> configFile, Optional<String> profile, String taskQueue) {

  public TemporalConfig {
    configFile = configFile == null ? Optional.empty() : configFile;
    profile = profile == null ? Optional.empty() : profile;
    taskQueue = taskQueue == null ? OrderAttributes.TASK_QUEUE : taskQueue;
    if (taskQueue.isBlank()) {
      throw new IllegalArgumentException("task-queue: must not be empty");
    }
  }

  public static TemporalConfig defaults() {
    return new TemporalConfig(null, null, null);
  }
}
