package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ActivityFailure;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Takes an order back: all its effects, newest first, as the ledger and not the history knows them.
 * What can't be undone waits for an operator, and the ledger is read again.
 */
final class Compensation {

  private final OrderRecord record;
  private final OrderSteps steps;
  private final OrderState state;
  private final Reviews reviews;

  Compensation(OrderRecord record, OrderSteps steps, OrderState state, Reviews reviews) {
    this.record = record;
    this.steps = steps;
    this.state = state;
    this.reviews = reviews;
  }

  /** Carries out an undo that was begun, to its ending. */
  void carryOut(UndoPlan begun) {
    UndoPlan plan = begun;
    plan.plan().ifPresent(state::planned);
    state.is(OrderStatus.COMPENSATING, plan.reason());
    for (Optional<Stuck> stuck = undo(plan.undos());
        stuck.isPresent();
        stuck = undo(plan.undos())) {
      review(stuck.get(), () -> false);
      plan = record.beginUndo(plan.ending(), plan.reason(), Decision.bySystem(plan.reason()));
      state.is(OrderStatus.COMPENSATING, plan.reason());
    }
    record.end(plan.ending(), plan.reason());
    state.is(plan.ending(), plan.reason());
    if (plan.ending() == OrderStatus.REFUNDED) {
      correct();
    }
  }

  /**
   * Gives back what the ledger says came unasked, and asks again after each review, until nothing
   * is left or {@code interrupted} comes true.
   *
   * @return what was given back
   */
  Collection<UndoPlan.Undo> giveBack(
      Supplier<List<UndoPlan.Undo>> question, BooleanSupplier interrupted) {
    Map<StepKey, UndoPlan.Undo> given = new LinkedHashMap<>();
    List<UndoPlan.Undo> asked = question.get();
    while (!asked.isEmpty()) {
      asked.forEach(undo -> given.put(undo.forward(), undo));
      Optional<Stuck> stuck = undo(asked);
      stuck.ifPresent(undo -> review(undo, interrupted));
      if (stuck.isPresent() && interrupted.getAsBoolean()) {
        given.remove(stuck.get().undo().forward());
        return given.values();
      }
      asked = stuck.isPresent() ? question.get() : List.of();
    }
    return given.values();
  }

  private void correct() {
    FollowUps followUps = new FollowUps(state);
    followUps.add(steps.key(Step.CORRECT), steps.correct());
    state.publish();
    followUps.await(followUps::areSettled);
  }

  /** An undo that was refused, or is not settled within its ladder. */
  private record Stuck(UndoPlan.Undo undo, Reason reason) {}

  private Optional<Stuck> undo(List<UndoPlan.Undo> undos) {
    Optional<Stuck> stuck = Optional.empty();
    for (UndoPlan.Undo undo : undos) {
      try {
        Outcome outcome = steps.undo(undo);
        state.settled(undo.key(), outcome);
        if (outcome.isDeclined() && stuck.isEmpty()) {
          stuck = Optional.of(new Stuck(undo, outcome.reason().orElseThrow()));
        }
      } catch (ActivityFailure e) {
        // Whether this effect stands is not known, and what is older leans on it.
        return Optional.of(new Stuck(undo, Failures.reason(e)));
      }
    }
    return stuck;
  }

  private void review(Stuck stuck, BooleanSupplier interrupted) {
    UndoPlan.Undo undo = stuck.undo();
    var wait =
        new Reviews.Wait(
            OrderStatus.IN_REVIEW,
            undo.key(),
            stuck.reason(),
            EnumSet.of(Choice.RETRY, Choice.ACCEPT),
            verification(undo));
    Optional<Choice> choice = reviews.await(wait, interrupted);
    if (wait.verification().isEmpty() && choice.equals(Optional.of(Choice.ACCEPT))) {
      record.acceptAsDone(undo.key());
    }
  }

  /** That money went back by other means is believed only when its provider says so. */
  private Optional<Reviews.Verification> verification(UndoPlan.Undo undo) {
    boolean payment = undo.key().step() == Step.REFUND || undo.key().step() == Step.VOID;
    return payment
        ? Optional.of((reference, overtaken) -> steps.verify(undo, reference, overtaken))
        : Optional.empty();
  }
}
