package dev.orderflow.workflows.order;

import static dev.orderflow.workflows.order.OrderStatus.CANCELLED;
import static dev.orderflow.workflows.order.OrderStatus.COMPLETED;
import static dev.orderflow.workflows.order.OrderStatus.DECLINED;
import static dev.orderflow.workflows.order.OrderStatus.FAILED;
import static dev.orderflow.workflows.order.OrderStatus.IN_REVIEW;
import static dev.orderflow.workflows.order.OrderStatus.ON_HOLD;
import static dev.orderflow.workflows.order.OrderStatus.PLACED;
import static dev.orderflow.workflows.order.OrderStatus.REJECTED;

import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The story of an order. Before the pivot, {@code charge} or {@code capture}, everything can be
 * undone; after it everything is finished, or refunded. The history may forget what this code did,
 * so every failure path begins by asking the ledger (see {@link Compensation}).
 */
public final class OrderWorkflowImpl implements OrderWorkflow {

  private final OrderInput input;
  private final OrderState state;
  private final Steps localFirst;
  private final OrderRecord record;
  private final OrderSteps steps;
  private final Cancellation cancellation;
  private final TakingBack takingBack;
  private final Reviews reviews;
  private final PaymentNews news;
  private final Paying paying;
  private final Approval approval;
  private final Books books;
  private final Handover handover;
  private final Compensation compensation;
  private final LateMoney lateMoney;
  private boolean goesOn;

  @WorkflowInit
  public OrderWorkflowImpl(OrderInput input) {
    this.input = input;
    OrderId orderId = input.orderId();
    state = new OrderState(orderId, Optional.of(PLACED));
    localFirst = new Steps(state::publish);
    record = new OrderRecord(localFirst, orderId);
    cancellation = new Cancellation(state);
    steps = new OrderSteps(localFirst, orderId, cancellation::isWished);
    takingBack = new TakingBack(record, cancellation);
    reviews = new Reviews(localFirst, record, state);
    news = new PaymentNews(state);
    paying =
        new Paying(new PaymentSteps(localFirst, cancellation::isWished), state, takingBack, news);
    approval = new Approval(steps, reviews, takingBack);
    books = new Books(new RefundSteps(localFirst, orderId, cancellation::isWished), state);
    handover = new Handover(record, steps, state, reviews, takingBack, news, books);
    compensation = new Compensation(record, steps, state, reviews, books);
    lateMoney = new LateMoney(steps, state, compensation, books, news, cancellation);
  }

  @Override
  public OrderView carry(OrderInput ignored) {
    cancellation.wishFrom(CancellationScope.current());
    // Temporal's own cancel must not tear the story apart: it is a wish, heeded between steps.
    Workflow.newDetachedCancellationScope(this::tell).run();
    if (goesOn || lateMoney.isRevived()) {
      Resumption.begunAnew(input.orderId(), state.plan().orElseThrow());
    }
    return state.view();
  }

  private void tell() {
    try {
      tellOnce();
    } catch (OrderRecord.Superseded revived) {
      // Decided in a task that was dropped. What this run would have said was said then.
      cancellation.taken();
      state.is(DECLINED, revived.reason());
      goesOn = true;
    }
    do {
      if (news.isUnserved()) {
        lateMoney.giveBack();
      }
      state.publish();
      Workflow.await(() -> news.isUnserved() || Workflow.isEveryHandlerFinished());
    } while (news.isUnserved());
  }

  private void tellOnce() {
    Acceptance accepted = record.accept(input);
    if (accepted.archived().isPresent()) {
      cancellation.taken();
      state.archived(accepted);
      return;
    }
    accepted.plan().ifPresent(this::planned);
    accepted.paidBy().ifPresent(state::paysBy);
    books.tell(accepted.balance());
    state.knows(accepted.steps());
    try {
      begin(accepted);
    } catch (TakingBack.Begun begun) {
      cancellation.taken();
      compensation.carryOut(begun.undo());
    }
  }

  private void planned(OrderPlan plan) {
    state.planned(plan);
    state.paysBy(plan.payment().channel());
  }

  private void begin(Acceptance accepted) {
    accepted.plan().map(OrderPlan::localBudget).ifPresent(localFirst::allow);
    accepted.revival().ifPresent(steps::revived);
    accepted.revival().ifPresent(record::revived);
    switch (accepted.status()) {
      case PLACED, AWAITING_PAYMENT, ON_HOLD, IN_REVIEW -> goForward(accepted);
      case COMPLETED -> followUp(accepted.plan().orElseThrow());
      // Refunded, too: whether the customer was told of it is not known here.
      case COMPENSATING, REFUNDED ->
          throw takingBack.begin(FAILED, accepted.reason().orElseThrow());
      case REJECTED, DECLINED, FAILED, CANCELLED -> ended(accepted);
    }
  }

  private void ended(Acceptance accepted) {
    if (accepted.revival().isPresent()) {
      // As of one that is refunded: it was paid.
      throw takingBack.begin(FAILED, accepted.reason().orElseThrow());
    }
    cancellation.taken();
    state.is(accepted.status(), accepted.reason().orElseThrow());
  }

  private void goForward(Acceptance accepted) {
    OrderPlan plan = accepted.plan().orElseThrow();
    if (plan.coupon().isPresent()) {
      must(Step.COUPON_HOLD, REJECTED, () -> steps.holdCoupon(plan));
    }
    must(Step.RESERVE, REJECTED, () -> steps.reserve(plan));
    if (plan.total().isPositive() && accepted.revival().isEmpty()) {
      pay(plan, accepted);
    }
    handover.commit();
    followUp(plan);
  }

  private void pay(OrderPlan plan, Acceptance accepted) {
    String token = token(accepted);
    if (plan.payment().hold().isPresent()) {
      StepKey authorization = paying.pay(plan, steps.key(Step.AUTHORIZE), token);
      if (!accepted.approved()) {
        approval.await(plan, plan.payment().hold().get());
      }
      must(Step.CAPTURE, DECLINED, () -> steps.capture(plan, authorization));
    } else {
      paying.pay(plan, steps.key(Step.CHARGE), token);
    }
  }

  /** Does a step that can still be undone; without it the order is taken back. */
  private void must(Step step, OrderStatus ifDeclined, Supplier<Outcome> effect) {
    Outcome outcome = takingBack.attempt(effect);
    state.settled(steps.key(step), outcome);
    if (outcome.isDeclined()) {
      throw takingBack.begin(ifDeclined, outcome.reason().orElseThrow());
    }
  }

  private void followUp(OrderPlan plan) {
    state.is(COMPLETED);
    takingBack.heedCancellation();
    FollowUps followUps = new FollowUps(state);
    if (plan.coupon().isPresent()) {
      followUps.add(steps.key(Step.COUPON_REDEEM), steps.redeemCoupon());
    }
    if (plan.reward().isPresent()) {
      followUps.add(steps.key(Step.GRANT), steps.grantReward(plan));
    }
    followUps.add(steps.key(Step.CONFIRM), steps.confirm());
    if (!followUps.areSettled()) {
      state.publish();
    }
    do {
      takingBack.heedCancellation();
      followUps.await(
          () ->
              cancellation.isWished()
                  || news.isUnserved()
                  || (followUps.areSettled() && Workflow.isEveryHandlerFinished()));
      localFirst.newStretch();
      if (news.isUnserved() && !cancellation.isWished()) {
        lateMoney.giveBack();
      }
    } while (cancellation.isWished() || news.isUnserved() || !followUps.areSettled());
  }

  private String token(Acceptance accepted) {
    return input.document().or(accepted::document).orElseThrow().payment().token();
  }

  @Override
  public CancelReply cancel(Decision decision) {
    return cancellation.await(decision);
  }

  @Override
  public void validateCancel(Decision decision) {
    if (state.status().isEnded() && state.status() != COMPLETED) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the order has ended as " + state.status(), ENDED);
    }
  }

  @Override
  public OrderView review(ReviewDecision decision) {
    return reviews.decide(decision);
  }

  @Override
  public void validateReview(ReviewDecision decision) {
    reviews.validate(decision);
  }

  @Override
  public OrderView pay(PaymentChoice choice) {
    return news.choose(choice);
  }

  @Override
  public void validatePay(PaymentChoice choice) {
    news.validate(choice);
  }

  @Override
  public void paymentReported() {
    news.report();
  }

  @Override
  public OrderView show() {
    return state.view();
  }
}
