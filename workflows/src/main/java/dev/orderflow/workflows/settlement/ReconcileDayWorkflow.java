package dev.orderflow.workflows.settlement;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Begins a {@link ReconcileWorkflow} for yesterday's report of every channel that has one. */
@WorkflowInterface
public interface ReconcileDayWorkflow {

  /** The workflow's type. */
  String TYPE = "ReconcileDay";

  /** The id of the schedule that starts it, and the beginning of the workflow's own. */
  String SCHEDULE_ID = "reconcile-day";

  /** Ends when all have begun: each has its own ending. */
  @WorkflowMethod(name = TYPE)
  void reconcile();
}
