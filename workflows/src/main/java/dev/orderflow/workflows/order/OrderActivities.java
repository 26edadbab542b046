package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.activity.ActivityInterface;

/** What is written about the order itself. Every method may be repeated. */
@ActivityInterface(namePrefix = "Order.")
public interface OrderActivities {

  /**
   * Writes the order down once per client key, with its lines and its plan; or says what is already
   * known of it. Idempotent by the order id: what the first call decided, every later one returns,
   * with the order's present status.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code KEY_REUSED}, not retryable, when the key
   *     was used for another document; {@code NO_SUCH_ORDER}, not retryable, when an order to
   *     recover is not in the ledger. Of an order that is archived it says how that ended, and of
   *     one to place under its key whether it is the same document; every other method fails with
   *     {@link OrderWorkflow#ARCHIVED}, not retryable
   */
  Acceptance accept(OrderInput input);

  /** What is left of an order that was archived. Changes nothing. */
  Recollection recall(OrderId orderId);

  /**
   * Records that the order waits for an operator, and says which wait this is, counted from 1.
   * Idempotent: while a wait for the same step stands undecided, it is the same one.
   */
  int openReview(ReviewRequest request);

  /** Records an operator's decision of a wait, once; with it the order is on its way again. */
  void closeReview(OrderId orderId, ReviewDecision decision);

  /**
   * Decides that the order is taken back, before anything is undone: reads its effects, fences the
   * steps not found with tombstones so that no forward effect can land any more, and says what to
   * undo. Idempotent: the first ending recorded stays, and what is already undone is left out. A
   * completed order that is taken back ends {@code REFUNDED} where {@code CANCELLED} was asked, and
   * the other way round. What the story of an earlier generation wishes of an order that was
   * revived since is refused with {@link Revival#REVIVED}: its run was dropped when it had decided
   * that.
   */
  UndoPlan beginUndo(UndoRequest request);

  /**
   * Records that a step was done by other means; with {@code COMMIT} the order is completed. Only
   * for effects inside our own ledger: of a payment its provider is asked instead. Idempotent by
   * key.
   */
  Outcome acceptAsDone(StepKey key);

  /** Records the ending, once everything is undone. Idempotent; an ending is never changed. */
  void end(Ending ending);

  /** How an order that was taken back ended. */
  record Ending(OrderId orderId, OrderStatus status, Reason reason) {}

  /** A wait for an operator: {@code ON_HOLD} or {@code IN_REVIEW}, the step that waits, and why. */
  record ReviewRequest(OrderId orderId, OrderStatus status, StepKey key, Reason reason) {}
}
