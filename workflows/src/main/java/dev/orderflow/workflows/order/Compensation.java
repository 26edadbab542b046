package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes an order back: all its effects, newest first, as the ledger and not the history knows them.
 * What can't be undone waits for an operator, and so does what is held: a person decides whether it
 * is undone at all. After each decision the ledger is read again.
 */
final class Compensation {
  /** Since when nobody is told of a refund that found nothing left. */
  private static final String NOTHING_LEFT = "nothing-left-not-told";

  private final OrderRecord record;
  private final OrderSteps steps;
  private final OrderState state;
  private final Reviews reviews;
  private final Books books;
  private final Releases releases = new Releases();

  Compensation(
      OrderRecord record, OrderSteps steps, OrderState state, Reviews reviews, Books books) {
    this.record = record;
    this.steps = steps;
    this.state = state;
    this.reviews = reviews;
    this.books = books;
  }

  /** Carries out an undo that was begun, to its ending. */
  void carryOut(UndoPlan begun) {
    UndoPlan plan = begun;
    plan.plan().ifPresent(state::planned);
    books.tell(plan.balance());
    state.is(OrderStatus.COMPENSATING, plan.reason());
    Given given = new Given();
    for (Optional<Stuck> stuck = undo(plan.undos(), given);
        stuck.isPresent();
        stuck = undo(plan.undos(), given)) {
      review(stuck.get(), given, () -> false);
      plan = record.beginUndo(plan.ending(), plan.reason(), Decision.bySystem(plan.reason()));
      state.is(OrderStatus.COMPENSATING, plan.reason());
      books.tell(plan.balance());
    }
    record.end(plan.ending(), plan.reason());
    state.is(plan.ending(), plan.reason());
    books.read();
    tell(plan, given);
  }

  /** The customer is told what a message said otherwise, or what only a person could decide. */
  private void tell(UndoPlan plan, Given given) {
    FollowUps followUps = new FollowUps(state);
    Set<StepKey> notices = new LinkedHashSet<>();
    if (plan.ending() == OrderStatus.REFUNDED) {
      followUps.add(steps.key(Step.CORRECT), steps.correct());
    } else {
      plan.notice().ifPresent(notices::add);
    }
    given.back().stream()
        .filter(undo -> undo.held().isPresent() && undo.forward().step() == Step.RECEIVE)
        .map(UndoPlan.Undo::notice)
        .forEach(notices::add);
    notices.forEach(notice -> followUps.add(notice, steps.tellReturned(notice)));
    if (!followUps.isEmpty()) {
      state.publish();
      followUps.await(followUps::areSettled);
    }
  }

  /**
   * Gives back what the ledger says came unasked, and asks again after each review, until nothing
   * is left or {@code interrupted} comes true.
   *
   * @param back told what was given back, also where it ends with a failure
   */
  void giveBack(
      Supplier<List<UndoPlan.Undo>> question,
      BooleanSupplier interrupted,
      Consumer<UndoPlan.Undo> back) {
    Given given = new Given();
    List<UndoPlan.Undo> asked = question.get();
    // Whoever decides is answered when it is done, not while the order still looks settled.
    state.refunding(asked.stream().anyMatch(undo -> undo.held().isPresent()));
    try {
      while (!asked.isEmpty()) {
        Optional<Stuck> stuck = undo(asked, given);
        stuck.ifPresent(undo -> review(undo, given, interrupted));
        if (stuck.isPresent() && interrupted.getAsBoolean()) {
          break;
        }
        asked = stuck.isPresent() ? question.get() : List.of();
      }
    } finally {
      state.refunding(false);
      given.back().forEach(back);
    }
  }

  /** What was given back, in the order in which it was asked for. */
  private static final class Given {
    private final Map<StepKey, Optional<UndoPlan.Undo>> byForward = new LinkedHashMap<>();

    void asked(List<UndoPlan.Undo> undos) {
      undos.forEach(undo -> byForward.putIfAbsent(undo.forward(), Optional.empty()));
    }

    void done(UndoPlan.Undo undo) {
      byForward.put(undo.forward(), Optional.of(undo));
    }

    List<UndoPlan.Undo> back() {
      return byForward.values().stream().flatMap(Optional::stream).toList();
    }
  }

  /**
   * An undo that is held, was refused, or is not settled within its ladder.
   *
   * @param choices what may be decided
   */
  private record Stuck(UndoPlan.Undo undo, Reason reason, Set<Choice> choices) {

    static Stuck held(UndoPlan.Undo undo) {
      return declined(undo, undo.held().orElseThrow());
    }

    /** Only what a person has to decide about may be left as it is. */
    static Stuck declined(UndoPlan.Undo undo, Reason reason) {
      return undo.held().isPresent() || reason.code().equals(Reason.DISPUTED)
          ? new Stuck(undo, reason, EnumSet.of(Choice.RETRY, Choice.ACCEPT, Choice.DENY))
          : unsettled(undo, reason);
    }

    static Stuck unsettled(UndoPlan.Undo undo, Reason reason) {
      return new Stuck(undo, reason, EnumSet.of(Choice.RETRY, Choice.ACCEPT));
    }
  }

  /** Whatever is held, or was refused, stops nothing else. */
  private Optional<Stuck> undo(List<UndoPlan.Undo> undos, Given given) {
    given.asked(undos);
    Optional<Stuck> refused = Optional.empty();
    Optional<Stuck> held = Optional.empty();
    for (UndoPlan.Undo undo : undos) {
      if (releases.isHeld(undo)) {
        held = held.or(() -> Optional.of(Stuck.held(undo)));
        continue;
      }
      try {
        Outcome outcome = steps.undo(undo);
        state.settled(undo.key(), outcome);
        if (!outcome.isDeclined()) {
          releases.done(undo);
          if (hasGivenBack(undo, outcome)) {
            given.done(undo);
          }
        } else if (refused.isEmpty()) {
          refused = Optional.of(Stuck.declined(undo, outcome.reason().orElseThrow()));
        }
      } catch (ActivityFailure e) {
        // Whether this effect stands is not known, and what is older leans on it.
        return Optional.of(Stuck.unsettled(undo, Failures.reason(e)));
      }
    }
    return refused.isPresent() ? refused : held;
  }

  /** A refund that found nothing left has no reference: the customer is not told of it. */
  private static boolean hasGivenBack(UndoPlan.Undo undo, Outcome outcome) {
    return undo.key().step() != Step.REFUND
        || outcome.reference().isPresent()
        || Workflow.getVersion(NOTHING_LEFT, Workflow.DEFAULT_VERSION, 1)
            == Workflow.DEFAULT_VERSION;
  }

  private void review(Stuck stuck, Given given, BooleanSupplier interrupted) {
    // Whoever decides sees what there is to decide about.
    books.read();
    var wait =
        new Reviews.Wait(
            OrderStatus.IN_REVIEW,
            stuck.undo().key(),
            stuck.reason(),
            stuck.choices(),
            verification(stuck.undo()));
    reviews
        .await(wait, interrupted)
        .ifPresent(choice -> decided(wait, stuck.undo(), choice, given));
  }

  private void decided(Reviews.Wait wait, UndoPlan.Undo undo, Choice choice, Given given) {
    switch (choice) {
      case RETRY -> releases.release(undo);
      case DENY -> steps.giveUp(undo);
      default -> {
        given.done(undo);
        if (wait.verification().isEmpty()) {
          record.acceptAsDone(undo.key());
        }
      }
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
