package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Steps;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Serves what is asked of an ended order, one thing at a time, from the ledger alone. */
public final class AftercareWorkflowImpl implements AftercareWorkflow {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final OrderId orderId;
  private final Steps localFirst;
  private final OrderState state;
  private final OrderRecord record;
  private final Cancellation cancellation;
  private final Reviews reviews;
  private final Books books;
  private final Compensation compensation;
  private final Refunding refunding;
  private final PaymentNews news;
  private final LateMoney lateMoney;
  private final Resumption resumption;

  @WorkflowInit
  public AftercareWorkflowImpl(OrderId orderId) {
    this.orderId = orderId;
    state = new OrderState(orderId, Optional.empty());
    state.is(OrderStatus.COMPLETED);
    localFirst = new Steps(state::publish);
    record = new OrderRecord(localFirst, orderId);
    cancellation = new Cancellation(state);
    reviews = new Reviews(localFirst, record, state);
    OrderSteps steps = new OrderSteps(localFirst, orderId, cancellation::isWished);
    RefundSteps refunds = new RefundSteps(localFirst, orderId, cancellation::isWished);
    books = new Books(refunds, state);
    compensation = new Compensation(record, steps, state, reviews, books);
    refunding = new Refunding(refunds, state, reviews, cancellation);
    news = new PaymentNews(state);
    lateMoney = new LateMoney(steps, state, compensation, books, news, cancellation);
    resumption = new Resumption(record, orderId);
  }

  @Override
  public OrderView serve(OrderId ignored) {
    Workflow.newDetachedCancellationScope(this::serveOrSay).run();
    return state.view();
  }

  private void serveOrSay() {
    try {
      serveAll();
    } catch (ActivityFailure e) {
      // There is no such order, for instance: the one who asked must hear it, not wait.
      cancellation.failed(e);
      refunding.failed(e);
      Workflow.await(Workflow::isEveryHandlerFinished);
      throw e;
    }
  }

  private void serveAll() {
    if (!isAsked()) {
      // The question that began this run may have been withdrawn before it arrived. Only then is
      // there a timer: it costs two events.
      Workflow.await(PATIENCE, this::isAsked);
    }
    while (isAsked() || resumption.isDue()) {
      localFirst.newStretch();
      if (cancellation.isWished()) {
        takeBack(cancellation.wish().orElseThrow());
        state.publish();
      } else if (refunding.isWished()) {
        refunding.serve();
        state.publish();
      } else if (news.isUnserved()) {
        giveBack();
      } else {
        resumption.take(this::isAsked);
      }
      refunding.await(() -> isAsked() || resumption.isDue(), Workflow::isEveryHandlerFinished);
    }
  }

  private boolean isAsked() {
    return cancellation.isWished() || refunding.isWished() || news.isUnserved();
  }

  private void giveBack() {
    Acceptance known = record.accept(OrderInput.recover(orderId));
    if (known.archived().isPresent()) {
      news.served();
      state.archived(known);
      state.publish();
      return;
    }
    known.plan().ifPresent(state::planned);
    known
        .reason()
        .ifPresentOrElse(why -> state.is(known.status(), why), () -> state.is(known.status()));
    state.knows(known.steps());
    books.tell(known.balance());
    lateMoney.giveBack();
    look(known.steps());
    if (lateMoney.isRevived()) {
      state.goesOn(OrderStatus.PLACED);
    }
    if (lateMoney.isRevived() || isOnItsWayAgain(known)) {
      resumption.require(known);
      state.publish();
    } else if (state.status().isEnded()) {
      state.publish();
    }
  }

  /** Whoever revived it may have died before its workflow was started. */
  private static boolean isOnItsWayAgain(Acceptance known) {
    return known.revival().isPresent() && !known.status().isEnded();
  }

  /**
   * Where it was told before it was read since; histories of earlier versions go on as they did.
   */
  private void look(List<OrderView.StepView> known) {
    if (!books.isTold()) {
      refunding.look(known);
    }
  }

  private void takeBack(Decision decision) {
    UndoPlan undo =
        record.beginUndo(
            OrderStatus.REFUNDED, new Reason("CANCELLED", decision.reason()), decision);
    undo.plan().ifPresent(state::planned);
    state.knows(undo.steps());
    if (undo.refusal().isPresent()) {
      cancellation.refuse(undo.refusal().get());
    } else {
      cancellation.taken();
      resumption.drop();
      compensation.carryOut(undo);
      refunding.overtaken();
      look(undo.steps());
    }
  }

  @Override
  public CancelReply cancel(Decision decision) {
    return cancellation.await(decision);
  }

  @Override
  public RefundReply refund(RefundRequest request) {
    return refunding.await(request);
  }

  @Override
  public void validateRefund(RefundRequest request) {
    if (request == null) {
      throw ApplicationFailure.newNonRetryableFailure(
          "refund: is missing", OrderWorkflow.NOT_POSSIBLE);
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
  public void paymentReported() {
    news.report();
  }

  @Override
  public OrderView show() {
    return state.view();
  }
}
