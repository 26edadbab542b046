package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ActivityFailure;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;

/** The commit of the stock, with which an order is completed: paid as it is, it is finished. */
final class Handover {

  private final OrderRecord record;
  private final OrderSteps steps;
  private final OrderState state;
  private final Reviews reviews;
  private final TakingBack takingBack;

  Handover(
      OrderRecord record,
      OrderSteps steps,
      OrderState state,
      Reviews reviews,
      TakingBack takingBack) {
    this.record = record;
    this.steps = steps;
    this.state = state;
    this.reviews = reviews;
    this.takingBack = takingBack;
  }

  /**
   * Hands the goods over. What is refused waits for an operator, or a wish to cancel.
   *
   * @throws TakingBack.Begun when they are not handed over, but the order is taken back
   */
  void commit() {
    StepKey key = steps.key(Step.COMMIT);
    Optional<Reason> refused = commit(key);
    while (refused.isPresent()) {
      Optional<Choice> choice = reviews.await(wait(key, refused.get()), takingBack::isWished);
      if (choice.equals(Optional.of(Choice.REFUND))) {
        throw takingBack.begin(OrderStatus.CANCELLED, refused.get());
      }
      if (choice.equals(Optional.of(Choice.ACCEPT))) {
        refused = acceptAsDone(key);
      } else {
        key = key.next();
        refused = commit(key);
      }
    }
  }

  private static Reviews.Wait wait(StepKey key, Reason refused) {
    return new Reviews.Wait(
        OrderStatus.IN_REVIEW,
        key,
        refused,
        EnumSet.of(Choice.RETRY, Choice.ACCEPT, Choice.REFUND));
  }

  private Optional<Reason> commit(StepKey key) {
    takingBack.heedCancellation();
    return settle(key, () -> steps.commit(key));
  }

  private Optional<Reason> acceptAsDone(StepKey key) {
    return settle(key, () -> record.acceptAsDone(key));
  }

  /** Why it was not settled; empty when the goods are handed over. */
  private Optional<Reason> settle(StepKey key, Supplier<Outcome> effect) {
    try {
      Outcome outcome = effect.get();
      state.settled(key, outcome);
      return outcome.reason();
    } catch (ActivityFailure e) {
      Reason reason = Failures.reason(e);
      if (reason.code().equals(Reason.FENCED)) {
        // Another run takes the order back. Nothing is left to decide; its ending is ours, too.
        throw takingBack.begin(OrderStatus.CANCELLED, reason);
      }
      return Optional.of(reason);
    }
  }
}
