package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The waits for an operator: the story opens one, the {@code review} update decides it. */
final class Reviews {

  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

  private final Steps steps;
  private final OrderRecord record;
  private final OrderState state;
  private Function<String, Outcome> verification = reference -> Outcome.succeeded();
  private boolean needsReference;
  private boolean deciding;
  private Optional<ReviewDecision> decision = Optional.empty();

  Reviews(Steps steps, OrderRecord record, OrderState state) {
    this.steps = steps;
    this.record = record;
    this.state = state;
  }

  /** A wait: what the order is meanwhile, the step that waits, why, and what may be decided. */
  record Wait(OrderStatus status, StepKey key, Reason reason, Set<Review.Choice> choices) {}

  /** Waits until an operator decides, the time is over or {@code interrupted} comes true. */
  Optional<Review.Choice> await(Wait wait, Duration atMost, BooleanSupplier interrupted) {
    OrderStatus before = state.status();
    open(wait);
    Deadline deadline = new Deadline(atMost, "to be decided");
    Workflow.await(() -> decision.isPresent() || interrupted.getAsBoolean() || deadline.isOver());
    deadline.cancel();
    return close(before);
  }

  /** Waits until an operator decides or {@code interrupted} comes true. */
  Optional<Review.Choice> await(Wait wait, BooleanSupplier interrupted) {
    OrderStatus before = state.status();
    open(wait);
    Workflow.await(() -> decision.isPresent() || interrupted.getAsBoolean());
    return close(before);
  }

  /**
   * As {@link #await(Wait, BooleanSupplier)} for a payment's undo: that it was done by other means
   * is believed only when {@code verify} of the operator's reference succeeds.
   */
  Optional<Review.Choice> await(Wait wait, Function<String, Outcome> verify) {
    verification = verify;
    needsReference = true;
    Optional<Review.Choice> choice = await(wait, () -> false);
    verification = reference -> Outcome.succeeded();
    needsReference = false;
    return choice;
  }

  private void open(Wait wait) {
    decision = Optional.empty();
    int version = record.openReview(wait.status(), wait.key(), wait.reason());
    Set<Review.Choice> choices = EnumSet.copyOf(wait.choices());
    state.waitsFor(wait.status(), new Review(version, wait.key(), wait.reason(), choices));
  }

  private Optional<Review.Choice> close(OrderStatus before) {
    steps.newStretch();
    Optional<ReviewDecision> made = decision;
    decision = Optional.empty();
    state.goesOn(before);
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
    // One that can't be a name would be asked for in vain, and block the review meanwhile.
    if (needsReference
        && made.choice() == Review.Choice.ACCEPT
        && made.reference().filter(REFERENCE.asMatchPredicate()).isEmpty()) {
      throw notPossible(
          "reference: missing or not one; give the provider's own name of the "
              + review.key().step().word());
    }
    if (deciding || decision.isPresent()) {
      throw notPossible("another decision of this review is being carried out");
    }
  }

  /** Takes a decision, and answers when the order has ended or waits again. */
  OrderView decide(ReviewDecision made) {
    if (made.choice() == Review.Choice.ACCEPT) {
      verify(made);
    }
    decision = Optional.of(made);
    Workflow.await(
        () ->
            decision.isEmpty()
                && (state.status().isEnded()
                    || state
                        .review()
                        .filter(next -> next.version() > made.expectedVersion())
                        .isPresent()));
    return state.view();
  }

  private void verify(ReviewDecision made) {
    deciding = true;
    try {
      Outcome outcome = verification.apply(made.reference().orElse(""));
      if (outcome.isDeclined()) {
        throw notPossible("reference: " + outcome.reason().map(Reason::message).orElse("refused"));
      }
    } finally {
      deciding = false;
    }
  }

  /** A timer that the Web UI names. */
  private static final class Deadline {
    private Promise<Void> timer;
    private final CancellationScope scope;

    Deadline(Duration atMost, String summary) {
      TimerOptions options = TimerOptions.newBuilder().setSummary(summary).build();
      scope = Workflow.newCancellationScope(() -> timer = Workflow.newTimer(atMost, options));
      scope.run();
    }

    boolean isOver() {
      return timer.isCompleted();
    }

    void cancel() {
      scope.cancel();
    }
  }

  private static ApplicationFailure notPossible(String message) {
    return ApplicationFailure.newNonRetryableFailure(message, OrderWorkflow.NOT_POSSIBLE);
  }
}
