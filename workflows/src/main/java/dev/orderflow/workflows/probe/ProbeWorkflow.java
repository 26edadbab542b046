package dev.orderflow.workflows.probe;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Pays and refunds a small order by each channel that is probed, through the ordinary story. */
@WorkflowInterface
public interface ProbeWorkflow {

  /** The workflow's type. */
  String TYPE = "Probe";

  /** The id of the schedule that starts it, and the beginning of the workflow's own. */
  String SCHEDULE_ID = "probe";

  /** Ends when every run has its result in the ledger; a run that fails is no failure of this. */
  @WorkflowMethod(name = TYPE)
  void probe();
}
