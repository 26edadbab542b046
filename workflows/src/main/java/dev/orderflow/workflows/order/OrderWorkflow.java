package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.PaymentChoice;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One order from placed to its ending. The workflow's id is the {@link OrderId}. */
@WorkflowInterface
public interface OrderWorkflow {

  /** The type of the failure by which an update is refused because the order has ended. */
  String ENDED = "ORDER_ENDED";

  /**
   * The type of the failure of everything that is asked of an order that is archived: nothing can
   * be done for it any more.
   */
  String ARCHIVED = "ORDER_ARCHIVED";

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

  /**
   * Tries another way to pay, with a key of its own: the attempt before is closed at its provider
   * first, and where it was paid before that, the choice is not needed. Answers when the order has
   * ended or waits again. Refused with {@link #NOT_POSSIBLE} unless the order is {@link
   * OrderStatus#AWAITING_PAYMENT} and attempts are left.
   */
  @UpdateMethod
  OrderView pay(PaymentChoice choice);

  @UpdateValidatorMethod(updateName = "pay")
  void validatePay(PaymentChoice choice);

  /**
   * The provider has something to say about a payment of the order: it is asked. A hint, which may
   * be sent twice, late, or for nothing.
   */
  @SignalMethod
  void paymentReported();

  /** Where the order stands. */
  @QueryMethod
  OrderView show();
}
