package dev.orderflow.client;

import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.PaymentPlan;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;

/**
 * An order's workflow that keeps the contract's promises without any effect. What it does is said
 * by the first article: {@code mug} completes, {@code wait} waits for a cancel, {@code review}
 * waits for a decision, {@code pay} waits for a report or another choice, {@code owed} has given up
 * its message, {@code booked} completes and tells its balance, {@code second} completes and says
 * that it asked another channel than the first, {@code mail} is completed while a message is still
 * being sent, {@code reused} is refused by the ledger, {@code archived} is known to it alone. A
 * recovered order completes.
 */
public final class FakeOrder implements OrderWorkflow {

  /** Asked for, and not in the ledger. */
  public static final OrderId NEVER_PLACED = new OrderId("ord-0000000000000000001v");

  private static final PaymentBalance PAID =
      new PaymentBalance(
          Money.parse("EUR 10.00"), Money.parse("EUR 0.00"), Money.parse("EUR 10.00"), List.of());
  private static final OrderPlan PLAN =
      new OrderPlan(
          new CustomerId("c-42"),
          List.of(),
          Money.parse("EUR 10.00"),
          Optional.empty(),
          Optional.empty(),
          new PaymentPlan(
              List.of("first-bank", FakeAftercare.BANK), Optional.empty(), Optional.empty()),
          Duration.ofSeconds(3));
  private static final Instant PAY_UNTIL = Instant.parse("2099-06-01T00:00:00Z");

  private final OrderId orderId;
  private final String article;
  private OrderStatus status = OrderStatus.PLACED;
  private Optional<Review> review = Optional.empty();
  private Optional<NextAction> nextAction = Optional.empty();

  @WorkflowInit
  public FakeOrder(OrderInput input) {
    orderId = input.orderId();
    article = input.document().map(document -> document.lines().get(0).article()).orElse("mug");
  }

  private void is(OrderStatus now) {
    status = now;
    Workflow.upsertTypedSearchAttributes(OrderAttributes.STATUS.valueSet(now.name()));
  }

  @Override
  public OrderView carry(OrderInput input) {
    if (orderId.equals(NEVER_PLACED)) {
      throw ApplicationFailure.newNonRetryableFailure("no such order", "NO_SUCH_ORDER");
    }
    switch (article) {
      case "archived" -> {
        is(OrderStatus.COMPLETED);
        return OrderView.archived(orderId, status, Optional.empty(), FakeRecall.SINCE);
      }
      case "wait" -> Workflow.await(() -> status == OrderStatus.CANCELLED);
      case "review" -> {
        is(OrderStatus.ON_HOLD);
        StepKey key = StepKey.of(orderId, Step.CAPTURE);
        review =
            Optional.of(
                new Review(
                    7, key, new Reason("BIG", "large order"), Set.of(Review.Choice.APPROVE)));
        Workflow.await(() -> review.isEmpty());
      }
      case "pay" -> {
        is(OrderStatus.AWAITING_PAYMENT);
        nextAction =
            Optional.of(
                new NextAction.Redirect(
                    URI.create("https://pay.example/1"), Instant.parse("2100-01-01T00:00:00Z")));
        Workflow.await(() -> nextAction.isEmpty());
        is(OrderStatus.COMPLETED);
      }
      case "mail" -> {
        is(OrderStatus.COMPLETED);
        Workflow.await(() -> false);
      }
      case "reused" ->
          throw ApplicationFailure.newNonRetryableFailure("another document", "KEY_REUSED");
      default -> is(OrderStatus.COMPLETED);
    }
    Workflow.await(Workflow::isEveryHandlerFinished);
    return show();
  }

  @Override
  public CancelReply cancel(Decision decision) {
    is(OrderStatus.CANCELLED);
    return new CancelReply(CancelReply.Verdict.CANCELLED, status, decision.reason());
  }

  @Override
  public void validateCancel(Decision decision) {
    if (status.isEnded()) {
      throw ApplicationFailure.newNonRetryableFailure("ended", ENDED);
    }
  }

  @Override
  public OrderView review(ReviewDecision decision) {
    review = Optional.empty();
    is(OrderStatus.COMPLETED);
    return show();
  }

  @Override
  public void validateReview(ReviewDecision decision) {
    if (review.isEmpty() || review.get().version() != decision.expectedVersion()) {
      throw ApplicationFailure.newNonRetryableFailure("no review of that version", NOT_POSSIBLE);
    }
  }

  @Override
  public OrderView pay(PaymentChoice choice) {
    nextAction = Optional.empty();
    Workflow.await(() -> status.isEnded());
    return show();
  }

  @Override
  public void validatePay(PaymentChoice choice) {
    if (status != OrderStatus.AWAITING_PAYMENT) {
      throw ApplicationFailure.newNonRetryableFailure("it does not wait", NOT_POSSIBLE);
    }
  }

  @Override
  public void paymentReported() {
    nextAction = Optional.empty();
  }

  @Override
  public OrderView show() {
    Outcome confirmed =
        article.equals("owed")
            ? Outcome.unknown(new Reason("NO_ANSWER", "given up"))
            : Outcome.succeeded();
    List<OrderView.StepView> steps =
        List.of(
            // Refused first, and then accepted as done.
            step(Step.COMMIT, Outcome.declined(new Reason("LOST", "not there")), 0),
            step(Step.COMMIT, Outcome.succeeded(), 1),
            step(Step.CONFIRM, confirmed, 2));
    return new OrderView(
        orderId,
        status,
        Optional.empty(),
        article.equals("second") ? Optional.of(PLAN) : Optional.empty(),
        steps,
        review,
        nextAction,
        article.equals("booked") ? Optional.of(PAID) : Optional.empty(),
        article.equals("second") ? Optional.of("bank-asked-last") : Optional.empty(),
        nextAction.map(action -> PAY_UNTIL),
        Optional.empty());
  }

  private OrderView.StepView step(Step step, Outcome outcome, int second) {
    return new OrderView.StepView(
        StepKey.of(orderId, step), outcome, Instant.EPOCH.plusSeconds(second));
  }
}
