package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.CancelReply.Verdict;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** The wish to cancel, which the story heeds between its steps. */
final class Cancellation {

  private final OrderState state;
  private Optional<Decision> wish = Optional.empty();
  private Optional<Reason> refusal = Optional.empty();
  private Optional<ActivityFailure> failure = Optional.empty();
  private boolean taken;

  Cancellation(OrderState state) {
    this.state = state;
  }

  /** Whether a wish waits to be heeded. */
  boolean isWished() {
    return wish.isPresent();
  }

  Optional<Decision> wish() {
    return wish;
  }

  /** The wish can't be fulfilled; the story goes on. */
  void refuse(Reason why) {
    wish = Optional.empty();
    refusal = Optional.of(why);
  }

  /** The order is being taken back, by this wish or for another reason. */
  void taken() {
    wish = Optional.empty();
    taken = true;
  }

  /** What becomes of the order can't be known: whoever wished is told why. */
  void failed(ActivityFailure why) {
    wish = Optional.empty();
    failure = Optional.of(why);
  }

  /** Treats a cancel by Temporal's own means as a wish. */
  void wishFrom(CancellationScope scope) {
    scope
        .getCancellationRequest()
        .thenApply(
            ignored -> {
              wish(new Decision("temporal", Decision.Role.OPERATOR, "cancelled in Temporal"));
              return null;
            });
  }

  /** Takes the wish of an update, and answers when it is known what became of it. */
  CancelReply await(Decision decision) {
    wish(decision);
    Workflow.await(() -> failure.isPresent() || refusal.isPresent() || (taken && isKnown()));
    if (failure.isPresent()) {
      throw failure.get();
    }
    return reply();
  }

  private void wish(Decision decision) {
    refusal = Optional.empty();
    if (!taken && wish.isEmpty()) {
      wish = Optional.of(decision);
    }
  }

  private boolean isKnown() {
    return state.status().isEnded() || state.status() == OrderStatus.IN_REVIEW;
  }

  private CancelReply reply() {
    OrderStatus status = state.status();
    if (!taken) {
      return new CancelReply(Verdict.REFUSED, status, refusal.orElseThrow().message());
    }
    String why = state.reason().map(Reason::toString).orElse("");
    return switch (status) {
      case CANCELLED, REFUNDED -> new CancelReply(Verdict.CANCELLED, status, why);
      case IN_REVIEW ->
          new CancelReply(Verdict.IN_REVIEW, status, "an operator has to decide: " + why);
      default ->
          new CancelReply(
              Verdict.REFUSED, status, "the order had already ended as " + status + ": " + why);
    };
  }
}
