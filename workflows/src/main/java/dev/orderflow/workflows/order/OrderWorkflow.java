package dev.orderflow.workflows.order;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One order from placed to its ending. The workflow's id is the {@link OrderId}. */
@WorkflowInterface
public interface OrderWorkflow {

  /** The type of the failure by which an update is refused because the order has ended. */
  String ENDED = "ORDER_ENDED";

  /** The type of the failure by which a decision is refused. */
  String NOT_POSSIBLE = "NOT_POSSIBLE";

  /** Carries the order to its ending and says which it was. */
  @WorkflowMethod(name = "Order")
  OrderView carry(OrderInput input);

  /**
   * Takes the order back, if that is still possible, and answers when it is known what became of
   * it. Refused with {@link #ENDED} once the order has ended: then aftercare takes it.
   */
  @UpdateMethod
  CancelReply cancel(Decision decision);

  @UpdateValidatorMethod(updateName = "cancel")
  void validateCancel(Decision decision);

  /**
   * Decides a review. Refused with {@link #NOT_POSSIBLE} when none of that version waits, the
   * choice is not among its choices, or the provider does not confirm the reference.
   */
  @UpdateMethod
  OrderView review(ReviewDecision decision);

  @UpdateValidatorMethod(updateName = "review")
  void validateReview(ReviewDecision decision);

  /** Where the order stands. */
  @QueryMethod
  OrderView show();
}
