package dev.orderflow.client;

/** The Temporal service is there, but no worker takes the orders' tasks. */
public final class NoWorkerException extends OrderflowException {

  NoWorkerException(String taskQueue) {
    super(
        "no worker answers on task queue '"
            + taskQueue
            + "'; start one with 'orderflow worker' (or everything with 'orderflow dev') and ask"
            + " again");
  }
}
