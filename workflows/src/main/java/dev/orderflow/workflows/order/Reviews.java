package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The waits for an operator: the story opens one, the {@code review} update decides it. */
final class Reviews {

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

  private final Steps steps;
  private final OrderRecord record;
  private final OrderState state;
  private Optional<Wait> open = Optional.empty();
  private Optional<ReviewDecision> decision = Optional.empty();

  Reviews(Steps steps, OrderRecord record, OrderState state) {
    this.steps = steps;
    this.record = record;
    this.state = state;
  }

  /**
   * A wait: what the order is meanwhile, the step that waits, why, and what may be decided.
   *
   * @param verification of the reference without which nobody is believed that the step was done by
   *     other means; empty where an operator's word is enough
   */
  record Wait(
      OrderStatus status,
      StepKey key,
      Reason reason,
      Set<Review.Choice> choices,
      Optional<Verification> verification) {

    /** One in which an operator's word is enough. */
    Wait(OrderStatus status, StepKey key, Reason reason, Set<Review.Choice> choices) {
      this(status, key, reason, choices, Optional.empty());
    }
  }

  /** Asks a provider whether a reference is what an operator says it is. */
  interface Verification {

    /**
     * @throws Steps.Interrupted when the question was given up, because {@code overtaken} came true
     */
    Outcome of(String reference, BooleanSupplier overtaken);
  }

  /** Waits until an operator decides, the time is over or {@code interrupted} comes true. */
  Optional<Review.Choice> await(Wait wait, Duration atMost, BooleanSupplier interrupted) {
    OrderStatus before = state.status();
    Optional<Reason> why = state.reason();
    open(wait);
    Deadline deadline = new Deadline(atMost, "to be decided");
    Workflow.await(() -> decision.isPresent() || interrupted.getAsBoolean() || deadline.isOver());
    deadline.cancel();
    return close(before, why);
  }

  /** Waits until an operator decides or {@code interrupted} comes true. */
  Optional<Review.Choice> await(Wait wait, BooleanSupplier interrupted) {
    OrderStatus before = state.status();
    Optional<Reason> why = state.reason();
    open(wait);
    Workflow.await(() -> decision.isPresent() || interrupted.getAsBoolean());
    return close(before, why);
  }

  private void open(Wait wait) {
    open = Optional.of(wait);
    decision = Optional.empty();
    int version = record.openReview(wait.status(), wait.key(), wait.reason());
    Set<Review.Choice> choices = EnumSet.copyOf(wait.choices());
    state.waitsFor(wait.status(), new Review(version, wait.key(), wait.reason(), choices));
  }

  private Optional<Review.Choice> close(OrderStatus before, Optional<Reason> why) {
    steps.newStretch();
    Optional<ReviewDecision> made = decision;
    open = Optional.empty();
    decision = Optional.empty();
    state.goesOn(before, why);
    made.ifPresent(record::closeReview);
    return made.map(ReviewDecision::choice);
  }

  /** Refuses a decision that can't be taken, before it is written to the history. */
  void validate(ReviewDecision made) {
    Review review = state.review().orElseThrow(() -> notPossible("no review waits"));
    if (made.expectedVersion() != review.version()) {
      throw notPossible(
          "version: "
              + made.expectedVersion()
              + " is not the one that waits, "
              + review.version()
              + "; look at the order again");
    }
    if (!review.choices().contains(made.choice())) {
      throw notPossible(
          "choice: " + made.choice() + " is not possible here; one of " + review.choices());
    }
    // One that can't be a name would be asked for in vain.
    if (verification(made).isPresent()
        && made.reference().filter(REFERENCE.asMatchPredicate()).isEmpty()) {
      throw notPossible(
          "reference: missing or not one; give the provider's own name of the "
              + review.key().step().word());
    }
    if (decision.isPresent()) {
      throw notPossible("another decision of this review is being carried out");
    }
  }

  /**
   * Takes a decision, and answers when the order has ended or waits again. While one is verified
   * another may be made; the first that needs nothing more is carried out.
   */
  OrderView decide(ReviewDecision made) {
    verification(made).ifPresent(verification -> verify(verification, made));
    if (isOvertaken(made)) {
      throw overtaken();
    }
    decision = Optional.of(made);
    Workflow.await(
        () ->
            decision.isEmpty()
                && (state.isSettled()
                    || state
                        .review()
                        .filter(next -> next.version() > made.expectedVersion())
                        .isPresent()));
    return state.view();
  }

  private Optional<Verification> verification(ReviewDecision made) {
    return made.choice() == Review.Choice.ACCEPT
        ? open.flatMap(Wait::verification)
        : Optional.empty();
  }

  private void verify(Verification verification, ReviewDecision made) {
    try {
      Outcome outcome = verification.of(made.reference().orElse(""), () -> isOvertaken(made));
      if (outcome.isDeclined()) {
        throw notPossible("reference: " + outcome.reason().map(Reason::message).orElse("refused"));
      }
    } catch (Steps.Interrupted e) {
      throw overtaken();
    }
  }

  private boolean isOvertaken(ReviewDecision made) {
    return decision.isPresent()
        || state.review().filter(review -> review.version() == made.expectedVersion()).isEmpty();
  }

  private static ApplicationFailure overtaken() {
    return notPossible("another decision came first");
  }

  private static ApplicationFailure notPossible(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, OrderWorkflow.NOT_POSSIBLE);
  }
}
