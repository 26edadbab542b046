package dev.orderflow.client;

import dev.orderflow.workflows.order.AftercareWorkflow;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Refunds what it is asked to. An order whose id begins with {@code ord-0000} is unknown to its
 * ledger, and one that is wished for with the reason {@code archived} has it no more. With the
 * reason {@code stuck} it waits for a decision of version 9. Behind a part refund it tells the
 * balance and, unless the reason is {@code by whom is not known}, that {@link #BANK} took the
 * money.
 */
public final class FakeAftercare implements AftercareWorkflow {

  static final String BANK = "second-bank";

  private final OrderId orderId;
  private OrderStatus status = OrderStatus.COMPLETED;
  private boolean asked;
  private boolean archived;
  private Optional<PaymentBalance> balance = Optional.empty();

  @WorkflowInit
  public FakeAftercare(OrderId orderId) {
    this.orderId = orderId;
  }

  private void is(OrderStatus now) {
    status = now;
    Workflow.upsertTypedSearchAttributes(OrderAttributes.STATUS.valueSet(now.name()));
  }

  @Override
  public OrderView serve(OrderId ignored) {
    Workflow.await(() -> asked);
    if (orderId.value().startsWith("ord-0000")) {
      throw ApplicationFailure.newNonRetryableFailure("no such order", "NO_SUCH_ORDER");
    }
    if (archived) {
      throw ApplicationFailure.newNonRetryableFailure("it is archived", OrderWorkflow.ARCHIVED);
    }
    Workflow.await(() -> status == OrderStatus.REFUNDED);
    Workflow.await(Workflow::isEveryHandlerFinished);
    return show();
  }

  @Override
  public CancelReply cancel(Decision decision) {
    asked = true;
    if (orderId.value().startsWith("ord-0000")) {
      Workflow.await(() -> false);
    }
    refuseArchived(decision);
    if (decision.reason().equals("stuck")) {
      is(OrderStatus.IN_REVIEW);
      return new CancelReply(CancelReply.Verdict.IN_REVIEW, status, "stuck");
    }
    is(OrderStatus.REFUNDED);
    return new CancelReply(CancelReply.Verdict.CANCELLED, status, decision.reason());
  }

  /** Gives back whatever is asked for by amount, and refuses everything else. */
  @Override
  public RefundReply refund(RefundRequest request) {
    asked = true;
    if (orderId.value().startsWith("ord-0000")) {
      Workflow.await(() -> false);
    }
    refuseArchived(request.decision());
    if (!(request.wanted() instanceof RefundRequest.Amount asked)) {
      return RefundReply.refused(status, new Reason("NOTHING_LEFT", "nothing is left"));
    }
    balance = Optional.of(less(asked.amount(), request.decision()));
    RefundReply.Verdict verdict =
        request.decision().reason().equals("stuck")
            ? RefundReply.Verdict.IN_REVIEW
            : RefundReply.Verdict.REFUNDED;
    return new RefundReply(
        verdict,
        status,
        Optional.of(StepKey.of(orderId, Step.REFUND)),
        Optional.of(asked.amount()),
        Optional.of(asked.amount()),
        verdict == RefundReply.Verdict.REFUNDED
            ? Optional.empty()
            : Optional.of(new Reason("NOT_NOW", "stuck")));
  }

  private void refuseArchived(Decision decision) {
    if (decision.reason().equals("archived")) {
      archived = true;
      throw ApplicationFailure.newNonRetryableFailure("it is archived", OrderWorkflow.ARCHIVED);
    }
  }

  private static PaymentBalance less(Money refunded, Decision decision) {
    Money paid = Money.parse("EUR 10.00");
    return new PaymentBalance(
        paid,
        refunded,
        paid.minus(refunded),
        List.of(),
        Money.zero(paid.getCurrencyUnit()),
        List.of(),
        List.of(),
        List.of(),
        decision.reason().equals("by whom is not known") ? Optional.empty() : Optional.of(BANK));
  }

  @Override
  public void validateRefund(RefundRequest request) {}

  @Override
  public OrderView review(ReviewDecision decision) {
    is(OrderStatus.REFUNDED);
    return show();
  }

  @Override
  public void validateReview(ReviewDecision decision) {
    if (decision.expectedVersion() != 9) {
      throw ApplicationFailure.newNonRetryableFailure(
          "not that version", OrderWorkflow.NOT_POSSIBLE);
    }
  }

  @Override
  public void paymentReported() {
    asked = true;
    is(OrderStatus.REFUNDED);
  }

  @Override
  public OrderView show() {
    List<OrderView.StepView> steps =
        List.of(
            new OrderView.StepView(
                StepKey.of(orderId, Step.REFUND),
                Outcome.succeeded(),
                Instant.EPOCH.plusSeconds(3)));
    return new OrderView(
        orderId,
        status,
        Optional.empty(),
        Optional.empty(),
        steps,
        Optional.empty(),
        Optional.empty(),
        balance,
        // It has no plan, and so can't say that another channel took it.
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
