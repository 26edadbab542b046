package dev.orderflow.workflows.settlement;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Compare, tell the orders, look again. */
public final class ReconcileWorkflowImpl implements ReconcileWorkflow {

  /** A report that isn't there, or a provider that is down, delays the comparison for so long. */
  private static final Duration PATIENCE = Duration.ofDays(3);

  private static final Duration LONGEST_COMPARISON = Duration.ofHours(6);

  /** A worker that died is replaced within so long; a chunk of rows takes much less. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private final ReconcileActivities activities =
      Workflow.newActivityStub(
          ReconcileActivities.class,
          ActivityOptions.newBuilder()
              .setScheduleToCloseTimeout(PATIENCE)
              .setStartToCloseTimeout(LONGEST_COMPARISON)
              .setHeartbeatTimeout(SIGN_OF_LIFE)
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofSeconds(1))
                      .setBackoffCoefficient(2)
                      .setMaximumInterval(Duration.ofMinutes(10))
                      .build())
              .build());

  @Override
  public Reconciliation reconcile(ReconcileRequest request) {
    long rows = activities.compare(request);
    if (activities.signal(request) > 0) {
      Workflow.sleep(request.patience());
    }
    return activities.settle(request, rows);
  }
}
