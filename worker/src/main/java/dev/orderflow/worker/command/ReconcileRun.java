package dev.orderflow.worker.command;

import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Progress;
import dev.orderflow.workflows.settlement.ReconcileMark;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.ReconcileWorkflow;
import dev.orderflow.workflows.settlement.Reconciliation;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One comparison, begun or joined, and watched to its end. */
final class ReconcileRun {

  private static final Duration LOOK = Duration.ofMillis(500);

  private final WorkflowClient client;
  private final ReconcileRequest request;
  private final WorkflowStub workflow;

  ReconcileRun(WorkflowClient client, String taskQueue, ReconcileRequest request) {
    this.client = client;
    this.request = request;
    this.workflow =
        client.newUntypedWorkflowStub(
            ReconcileWorkflow.TYPE,
            WorkflowOptions.newBuilder()
                .setTaskQueue(taskQueue)
                .setWorkflowId(request.workflowId())
                .build());
  }

  /** Begins it, or joins the one at work. */
  Reconciliation carryOut(Duration atMost) {
    try {
      workflow.start(request);
    } catch (WorkflowExecutionAlreadyStarted e) {
      // Somebody else, or the schedule, compares the same report now: its result is ours.
    }
    try (Progress progress = Progress.onTerminal(request.channel())) {
      return await(Instant.now().plus(atMost), progress);
    } catch (WorkflowFailedException e) {
      throw new CliException(ExitCode.FAILED, innermost(e), e);
    }
  }

  private Reconciliation await(Instant end, Progress progress) {
    while (Instant.now().isBefore(end)) {
      try {
        return client
            .newUntypedWorkflowStub(request.workflowId())
            .getResult(LOOK.toMillis(), TimeUnit.MILLISECONDS, Reconciliation.class);
      } catch (TimeoutException e) {
        mark().ifPresent(mark -> progress.stepTo(mark.rows()));
      }
    }
    throw new CliException(
        ExitCode.DEADLINE,
        request.workflowId() + " has not ended in time; it goes on, if a worker runs");
  }

  /** How far it was, a few seconds ago. */
  private Optional<ReconcileMark> mark() {
    List<PendingActivityInfo> pending =
        client
            .newUntypedWorkflowStub(request.workflowId())
            .describe()
            .getRawDescription()
            .getPendingActivitiesList();
    return pending.stream()
        .filter(activity -> activity.getActivityType().getName().equals("Reconcile.Compare"))
        .filter(PendingActivityInfo::hasHeartbeatDetails)
        .map(
            activity ->
                client
                    .getOptions()
                    .getDataConverter()
                    .fromPayloads(
                        0,
                        Optional.of(activity.getHeartbeatDetails()),
                        ReconcileMark.class,
                        ReconcileMark.class))
        .findFirst();
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof io.temporal.failure.ApplicationFailure application
        ? application.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }
}
