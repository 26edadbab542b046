package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * What comes after an order has ended, one thing at a time. The workflow's id is {@link
 * OrderId#aftercare()}; it is begun by the update that asks for something, or the signal that
 * reports something, reads the ledger, and ends when nothing is left to do.
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

  /**
   * Gives money back for a completed order, while the refund policy allows; otherwise says why not.
   * Goods, coupons and rewards stay as they are. Idempotent by the request's key. Refunds and
   * cancels are served one at a time.
   */
  @UpdateMethod
  RefundReply refund(RefundRequest request);

  @UpdateValidatorMethod(updateName = "refund")
  void validateRefund(RefundRequest request);

  /** As {@link OrderWorkflow#review}. */
  @UpdateMethod
  OrderView review(ReviewDecision decision);

  @UpdateValidatorMethod(updateName = "review")
  void validateReview(ReviewDecision decision);

  /** As {@link OrderWorkflow#paymentReported}: what came late, or twice, is given back. */
  @SignalMethod
  void paymentReported();

  /** Where the order stands. */
  @QueryMethod
  OrderView show();
}
