package dev.orderflow.workflows.settlement;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Compares what a provider says it settled on a day with what the ledger says, both ways. Each
 * difference is written down once, however often this runs; its order is told to ask the provider,
 * or it stays open for a person. The workflow's id is {@link ReconcileRequest#workflowId}.
 */
@WorkflowInterface
public interface ReconcileWorkflow {

  /** The workflow's type. */
  String TYPE = "Reconcile";

  @WorkflowMethod(name = TYPE)
  Reconciliation reconcile(ReconcileRequest request);
}
