package dev.orderflow.workflows.order;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How the order's own workflow takes up an order again that goes on after it had ended. */
final class Resumption {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private final OrderRecord record;
  private final OrderId orderId;
  private Optional<Acceptance> due = Optional.empty();
  private Duration pause = FIRST_PAUSE;

  Resumption(OrderRecord record, OrderId orderId) {
    this.record = record;
    this.orderId = orderId;
  }

  /** The order's own workflow begins anew, from the ledger. It is the one that calls this. */
  static void begunAnew(OrderId orderId, OrderPlan plan) {
    ContinueAsNewOptions.Builder options =
        ContinueAsNewOptions.newBuilder().setTypedSearchAttributes(attributes(plan));
    Object fingerprint = Workflow.getMemo(OrderAttributes.FINGERPRINT, String.class);
    if (fingerprint != null) {
      options.setMemo(Map.of(OrderAttributes.FINGERPRINT, fingerprint));
    }
    Workflow.newContinueAsNewStub(OrderWorkflow.class, options.build())
        .carry(OrderInput.recover(orderId));
  }

  /** The order goes on, and somebody has to carry it. */
  void require(Acceptance order) {
    due = Optional.of(order);
  }

  /** Nobody has to, any more. */
  void drop() {
    due = Optional.empty();
  }

  boolean isDue() {
    return due.isPresent();
  }

  /**
   * Starts the order's workflow beside this one. Where a run of it is still there, it may be about
   * to end without having heard; or it carries the order already. So it is waited for, as long as
   * nobody asks for something else.
   */
  void take(Supplier<Boolean> interrupted) {
    if (isStarted(due.orElseThrow())) {
      drop();
      return;
    }
    Workflow.await(pause, interrupted);
    pause =
        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    Acceptance now = record.accept(OrderInput.recover(orderId));
    due = Optional.of(now).filter(order -> !order.status().isEnded());
  }

  private boolean isStarted(Acceptance order) {
    OrderWorkflow own = Workflow.newChildWorkflowStub(OrderWorkflow.class, options(order));
    Async.function(own::carry, OrderInput.recover(orderId));
    try {
      Workflow.getWorkflowExecution(own).get();
      return true;
    } catch (ChildWorkflowFailure running) {
      return false;
    }
  }

  /** As when it was placed; it outlives whoever starts it. */
  private ChildWorkflowOptions options(Acceptance order) {
    ChildWorkflowOptions.Builder options =
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(orderId.value())
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
            .setTypedSearchAttributes(attributes(order.plan().orElseThrow()))
            .setStaticSummary("revived");
    order
        .document()
        .map(OrderFingerprint::of)
        .ifPresent(known -> options.setMemo(Map.of(OrderAttributes.FINGERPRINT, known)));
    return options.build();
  }

  private static SearchAttributes attributes(OrderPlan plan) {
    return SearchAttributes.newBuilder()
        .set(OrderAttributes.STATUS, OrderStatus.PLACED.name())
        .set(OrderAttributes.CUSTOMER, plan.customer().value())
        .set(OrderAttributes.CHANNEL, plan.payment().channel())
        .build();
  }
}
