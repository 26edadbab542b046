package dev.orderflow.workflows.probe;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One run: pays and refunds a small order by one channel, through the ordinary story. */
@WorkflowInterface
public interface ProbeRunWorkflow {

  /** The workflow's type. */
  String TYPE = "ProbeRun";

  /** The workflow's id: of a channel there is one run at a time. */
  static String idOf(String channel) {
    return ProbeWorkflow.SCHEDULE_ID + "/" + channel;
  }

  /** Ends when the result is in the ledger; a run that fails is no failure of this. */
  @WorkflowMethod(name = TYPE)
  void run(ProbeRun run);
}
