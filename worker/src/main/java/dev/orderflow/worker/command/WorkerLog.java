package dev.orderflow.worker.command;

import java.util.Map;

/**
 * The log of a worker: one line per event with its time, on standard error. Set as properties, not
 * as a file on the class path, because commands on the same class path log less; properties given
 * to the process win.
 */
final class WorkerLog {

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "showDateTime", "true",
          "dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
          "showThreadName", "false",
          "showShortLogName", "true",
          "log.dev.orderflow", "info",
          // What Temporal does not take UntakenReports says, in a line and without a stack trace.
          "log.io.temporal.internal.worker.WorkflowWorker", "error");

  private WorkerLog() {}

  /** Before the first logger is made. */
  static void configure() {
    PROPERTIES.forEach(
        (name, value) -> {
          String property = "org.slf4j.simpleLogger." + name;
          if (System.getProperty(property) == null) {
            System.setProperty(property, value);
          }
        });
  }
}
