package dev.orderflow.workflows.order;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * What comes after an order has ended, one thing at a time. The workflow's id is {@link
 * OrderId#aftercare()}; it is begun by the update that asks for something, reads the ledger, and
 * ends when nothing is left to do.
 */
@WorkflowInterface
public interface AftercareWorkflow {

  /** Serves what is asked until nothing is left, and says where the order stands. */
  @WorkflowMethod(name = "Aftercare")
  OrderView serve(OrderId orderId);

  /**
   * Takes a completed order back and refunds it, while the refund policy allows; otherwise says why
   * not.
   */
  @UpdateMethod
  CancelReply cancel(Decision decision);

  /** As {@link OrderWorkflow#review}. */
  @UpdateMethod
  OrderView review(ReviewDecision decision);

  @UpdateValidatorMethod(updateName = "review")
  void validateReview(ReviewDecision decision);

  /** Where the order stands. */
  @QueryMethod
  OrderView show();
}
