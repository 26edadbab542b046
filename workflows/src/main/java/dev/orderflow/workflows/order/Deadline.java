package dev.orderflow.workflows.order;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** A timer that the Web UI names. */
final class Deadline {

  private Promise<Void> timer;
  private final CancellationScope scope;

  Deadline(Duration atMost, String summary) {
    TimerOptions options = TimerOptions.newBuilder().setSummary(summary).build();
    scope = Workflow.newCancellationScope(() -> timer = Workflow.newTimer(atMost, options));
    scope.run();
  }

  boolean isOver() {
    return timer.isCompleted();
  }

  void cancel() {
    scope.cancel();
  }
}
