package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An order as it is shown: what was bought, where it stands and what was done for it. Without
 * personal data.
 *
 * @param plan absent until the order is accepted
 * @param steps what was done for the order: what this workflow has seen, and behind a recovery or
 *     in aftercare also what the ledger knows from before, oldest first
 * @param nextAction what the customer has to do; only while the order is {@code AWAITING_PAYMENT}
 * @param balance what was taken and given back; only where more happened than the order's own
 *     payment, or that was taken back
 * @param paidBy the channel that took the payment, or was asked for it last; only where it is not
 *     the one that the plan begins with
 * @param payUntil when the order stops waiting for its payment, whatever the next action's own time
 *     is; only while the order is {@code AWAITING_PAYMENT}
 * @param archived only of an order that is archived, of which nothing else is said than how it
 *     ended
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OrderView(
    OrderId orderId,
    OrderStatus status,
    Optional<Reason> reason,
    Optional<OrderPlan> plan,
    List<StepView> steps,
    Optional<Review> review,
    Optional<NextAction> nextAction,
    Optional<PaymentBalance> balance,
    Optional<String> paidBy,
    Optional<Instant> payUntil,
    Optional<Archived> archived) {

  public OrderView {
    reason = reason == null ? Optional.empty() : reason;
    plan = plan == null ? Optional.empty() : plan;
    steps = steps == null ? List.of() : List.copyOf(steps);
    review = review == null ? Optional.empty() : review;
    nextAction = nextAction == null ? Optional.empty() : nextAction;
    balance = balance == null ? Optional.empty() : balance;
    paidBy = paidBy == null ? Optional.empty() : paidBy;
    payUntil = payUntil == null ? Optional.empty() : payUntil;
    archived = archived == null ? Optional.empty() : archived;
  }

  /** Of an order for which no refunds were asked. */
  public OrderView(
      OrderId orderId,
      OrderStatus status,
      Optional<Reason> reason,
      Optional<OrderPlan> plan,
      List<StepView> steps,
      Optional<Review> review,
      Optional<NextAction> nextAction) {
    this(
        orderId,
        status,
        reason,
        plan,
        steps,
        review,
        nextAction,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Of an order that is archived. */
  public static OrderView archived(
      OrderId orderId, OrderStatus ending, Optional<Reason> reason, Archived since) {
    return new OrderView(
        orderId,
        ending,
        reason,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(since));
  }

  /**
   * One step.
   *
   * @param at when it was settled, by the workflow's clock
   */
  public record StepView(StepKey key, Outcome outcome, Instant at) {}
}
