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
   *     recover is not in the ledger
   */
  Acceptance accept(OrderInput input);

  /** Records that the order waits. Idempotent; an order that is being undone stays so. */
  void hold(HoldRequest request);

  /**
   * Decides that the order is taken back, before anything is undone: reads its effects, fences the
   * steps not found with tombstones so that no forward effect can land any more, and says what to
   * undo. Idempotent: the first ending recorded stays, and what is already undone is left out.
   */
  UndoPlan beginUndo(UndoRequest request);

  /** Records a decision of an operator, once per version. */
  void decided(ReviewRecord record);

  /**
   * Records that a step was done by other means. Only for effects inside our own ledger; a payment
   * is asked of its provider instead. Idempotent by key.
   */
  Outcome acceptAsDone(StepKey key);

  /** Records a waiting for an operator: status, version, step and reason. */
  record HoldRequest(OrderId orderId, OrderStatus status, Review review) {}

  /** An operator's decision, as it is kept. */
  record ReviewRecord(OrderId orderId, ReviewDecision decision) {}

  /** Records the ending, once everything is undone. Idempotent; an ending is never changed. */
  void end(Ending ending);

  /** How an order that was taken back ended. */
  record Ending(OrderId orderId, OrderStatus status, Reason reason) {}
}
