package dev.orderflow.workflows.probe;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Begins a run of each channel that is probed. */
@WorkflowInterface
public interface ProbeWorkflow {

  /** The workflow's type. */
  String TYPE = "Probe";

  /** The id of the schedule that starts it, and the beginning of the workflow's own. */
  String SCHEDULE_ID = "probe";

  /**
   * Ends when the runs have begun. A channel whose former run is still at work gets no other, and
   * holds up none.
   */
  @WorkflowMethod(name = TYPE)
  void probe();
}
