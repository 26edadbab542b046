package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Steps;

/** One question to the ledger. */
public final class RecallWorkflowImpl implements RecallWorkflow {

  @Override
  public Recollection recall(OrderId orderId) {
    return new OrderRecord(new Steps(() -> {}), orderId).recall();
  }
}
