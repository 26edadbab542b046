package dev.orderflow.workflows.order;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Asks the ledger for an order of which Temporal keeps no run. Changes nothing. The workflow's id
 * is {@link OrderId#recall()}; it ends with its answer.
 */
@WorkflowInterface
public interface RecallWorkflow {

  /** Says how the order ended, where it is archived. */
  @WorkflowMethod(name = "Recall")
  Recollection recall(OrderId orderId);
}
