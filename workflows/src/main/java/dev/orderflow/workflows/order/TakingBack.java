package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ActivityFailure;
import java.util.function.Supplier;

/** How an order leaves its story: the ledger hears of it first, and says what there is to undo. */
final class TakingBack {

  /** The story is over: what was done is taken back. */
  static final class Begun extends RuntimeException {
    private final transient UndoPlan undo;

    private Begun(UndoPlan undo) {
      super("taken back", null, false, false);
      this.undo = undo;
    }

    UndoPlan undo() {
      return undo;
    }
  }

  private final OrderRecord record;
  private final Cancellation cancellation;

  TakingBack(OrderRecord record, Cancellation cancellation) {
    this.record = record;
    this.cancellation = cancellation;
  }

  /** Whether somebody wishes the order cancelled: nothing else is waited for any longer. */
  boolean isWished() {
    return cancellation.isWished();
  }

  /** Begins to take the order back, for a reason of the story's own. To be thrown. */
  Begun begin(OrderStatus ending, Reason reason) {
    return new Begun(record.beginUndo(ending, reason, Decision.bySystem(reason)));
  }

  /**
   * Heeds a wish to cancel, where there is one; one that is refused changes nothing.
   *
   * @throws Begun when it is granted
   */
  void heedCancellation() {
    if (cancellation.wish().isEmpty()) {
      return;
    }
    Decision decision = cancellation.wish().get();
    Reason reason = new Reason("CANCELLED", decision.reason());
    UndoPlan undo = record.beginUndo(OrderStatus.CANCELLED, reason, decision);
    if (undo.refusal().isEmpty()) {
      throw new Begun(undo);
    }
    cancellation.refuse(undo.refusal().get());
  }

  /**
   * Does what can still be undone, or finds out; a wish to cancel is heeded first.
   *
   * @throws Begun when the order is cancelled, or the effect ends without an answer
   */
  <R> R attempt(Supplier<R> effect) {
    while (true) {
      heedCancellation();
      try {
        return effect.get();
      } catch (Steps.Interrupted e) {
        // Round again: the wish to cancel is heeded first.
      } catch (ActivityFailure e) {
        throw begin(
            Failures.isRefusal(e) ? OrderStatus.REJECTED : OrderStatus.FAILED, Failures.reason(e));
      }
    }
  }
}
