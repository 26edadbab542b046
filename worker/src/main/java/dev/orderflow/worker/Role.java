package dev.orderflow.worker;

import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.WorkerConfig;

/** What a process does. */
public enum Role {
  /** Receives callbacks and tells the orders. */
  GATEWAY,
  /** Carries orders. */
  WORKER,
  BOTH;

  /** Both where a gateway is configured. */
  public static Role of(WorkerConfig config) {
    return config.gateway().isPresent() ? BOTH : WORKER;
  }

  boolean carries() {
    return this != GATEWAY;
  }

  boolean receives() {
    return this != WORKER;
  }

  void require(WorkerConfig config) {
    if (receives() && config.gateway().isEmpty()) {
      throw new ConfigException(
          "[gateway] is missing: write it, with listen = \"127.0.0.1:8089\", or --role worker");
    }
  }
}
