package dev.orderflow.drill.bench;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The least that a workflow can be. */
@WorkflowInterface
public interface FloorWorkflow {

  /** Does nothing. */
  @WorkflowMethod(name = "Floor")
  void run();

  /** Does nothing. */
  final class Empty implements FloorWorkflow {
    @Override
    public void run() {}
  }
}
