package dev.orderflow.workflows.order;

import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/** What stands between authorize and capture: a person approves the order. */
final class Approval {

  private final OrderSteps steps;
  private final Reviews reviews;
  private final TakingBack takingBack;

  Approval(OrderSteps steps, Reviews reviews, TakingBack takingBack) {
    this.steps = steps;
    this.reviews = reviews;
    this.takingBack = takingBack;
  }

  /**
   * Waits for the approval.
   *
   * @throws TakingBack.Begun when it is denied, not given within {@code atMost}, or the order is
   *     cancelled meanwhile
   */
  void await(OrderPlan plan, Duration atMost) {
    Reason why =
        plan.payment()
            .holdReason()
            .orElseGet(() -> new Reason("ABOVE_THRESHOLD", plan.total() + " waits for approval"));
    var wait =
        new Reviews.Wait(
            OrderStatus.ON_HOLD,
            steps.key(Step.CAPTURE),
            why,
            EnumSet.of(Choice.APPROVE, Choice.DENY));
    Optional<Choice> choice = reviews.await(wait, atMost, takingBack::isWished);
    takingBack.heedCancellation();
    if (choice.isEmpty()) {
      throw rejected(new Reason("HOLD_EXPIRED", "not approved within " + atMost));
    }
    if (choice.get() == Choice.DENY) {
      throw rejected(new Reason("DENIED", "an operator denied the order"));
    }
  }

  private TakingBack.Begun rejected(Reason reason) {
    return takingBack.begin(OrderStatus.REJECTED, reason);
  }
}
