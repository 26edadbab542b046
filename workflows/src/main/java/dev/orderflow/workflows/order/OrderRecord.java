package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Ladder;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import dev.orderflow.workflows.saga.Steps.Call;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What the ledger keeps about the order itself, as the workflows ask for it. */
final class OrderRecord {

  private final Steps steps;
  private final OrderId orderId;
  private Optional<Integer> generation = Optional.empty();

  /** The story is one of an earlier generation: the order was revived since, and goes on. */
  static final class Superseded extends RuntimeException {
    private final transient Reason reason;

    private Superseded(Reason reason) {
      super("superseded", null, false, false);
      this.reason = reason;
    }

    Reason reason() {
      return reason;
    }
  }

  OrderRecord(Steps steps, OrderId orderId) {
    this.steps = steps;
    this.orderId = orderId;
  }

  Acceptance accept(OrderInput input) {
    return ask("accept", order -> order.accept(input));
  }

  Recollection recall() {
    return ask("recall", order -> order.recall(orderId));
  }

  /** The story is that of this generation. */
  void revived(Revival revival) {
    generation = Optional.of(revival.generation());
  }

  /**
   * Decides that the order is taken back.
   *
   * @throws Superseded when it was revived since
   */
  UndoPlan beginUndo(OrderStatus ending, Reason reason, Decision decision) {
    UndoRequest request = new UndoRequest(orderId, ending, reason, decision, generation);
    UndoPlan undo = ask("begin the undo", order -> order.beginUndo(request));
    Optional<Reason> revived = undo.refusal().filter(why -> why.code().equals(Revival.REVIVED));
    if (revived.isPresent()) {
      throw new Superseded(revived.get());
    }
    return undo;
  }

  int openReview(OrderStatus status, StepKey key, Reason reason) {
    var request = new OrderActivities.ReviewRequest(orderId, status, key, reason);
    return ask("open a review", order -> order.openReview(request));
  }

  void closeReview(ReviewDecision decision) {
    tell("close the review", order -> order.closeReview(orderId, decision));
  }

  Outcome acceptAsDone(StepKey key) {
    return ask("accept as done", order -> order.acceptAsDone(key));
  }

  void end(OrderStatus ending, Reason reason) {
    var end = new OrderActivities.Ending(orderId, ending, reason);
    tell("end", order -> order.end(end));
  }

  private <R> R ask(String summary, Function<OrderActivities, R> question) {
    return steps.run(new Call<>(OrderActivities.class, Ladder.LEDGER, summary), question);
  }

  private void tell(String summary, Consumer<OrderActivities> statement) {
    ask(
        summary,
        order -> {
          statement.accept(order);
          return Outcome.succeeded();
        });
  }
}
