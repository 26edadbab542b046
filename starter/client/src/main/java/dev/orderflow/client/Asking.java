package dev.orderflow.client;

import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Asks an order's workflow for something, or the one that came after it. */
final class Asking {

  static final String AFTERCARE_TYPE = "Aftercare";
  private static final String CANCEL = "cancel";
  private static final String REFUND = "refund";
  private static final String REVIEW = "review";

  private final Service service;
  private final Reading reading;

  Asking(Service service, Reading reading) {
    this.service = service;
    this.reading = reading;
  }

  CancelReply cancel(OrderId orderId, Decision decision, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      return update(orderId, orderId.value(), CANCEL, CancelReply.class, decision, deadline);
    } catch (RuntimeException e) {
      // Its validator refuses a cancel for one reason only: the order has ended.
      if (!ServiceErrors.isGone(e) && !(e instanceof NotPossibleException)) {
        throw e;
      }
    }
    return reading
        .find(orderId, until(end))
        .map(Reading::here)
        .flatMap(Asking::endedOtherwise)
        .orElseGet(() -> cancelLater(orderId, decision, until(end)));
  }

  private static Duration until(long end) {
    return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
  }

  /** An order that ended otherwise than completed has nothing to take back. */
  private static Optional<CancelReply> endedOtherwise(OrderView view) {
    OrderStatus status = view.status();
    if (!status.isEnded() || status == OrderStatus.COMPLETED) {
      return Optional.empty();
    }
    boolean takenBack = status == OrderStatus.CANCELLED || status == OrderStatus.REFUNDED;
    return Optional.of(
        new CancelReply(
            takenBack ? CancelReply.Verdict.CANCELLED : CancelReply.Verdict.REFUSED,
            status,
            "the order has already ended as " + status));
  }

  private CancelReply cancelLater(OrderId orderId, Decision decision, Duration deadline) {
    return askLater(orderId, CANCEL, CancelReply.class, decision, deadline);
  }

  /** Only aftercare refunds; an order on its way has something to cancel instead. */
  RefundReply refund(OrderId orderId, RefundRequest request, Duration deadline) {
    long end = System.nanoTime() + deadline.toNanos();
    Optional<OrderStatus> over =
        reading
            .find(orderId, deadline)
            .map(Reading::here)
            .map(OrderView::status)
            .filter(status -> status.isEnded() && status != OrderStatus.COMPLETED);
    return over.map(Asking::notCompleted)
        .orElseGet(() -> askLater(orderId, REFUND, RefundReply.class, request, until(end)));
  }

  private static RefundReply notCompleted(OrderStatus status) {
    return RefundReply.refused(
        status,
        new Reason("NOT_COMPLETED", "only a completed order can be refunded; it is " + status));
  }

  /** Asks aftercare, which is begun by the question. */
  private <R> R askLater(
      OrderId orderId, String name, Class<R> type, Object wish, Duration deadline) {
    UpdateOptions<R> update = updateOptions(name, type);
    WorkflowOptions workflow = aftercareOptions(orderId);
    try {
      return service.within(
          deadline,
          "order " + orderId,
          () ->
              service
                  .client()
                  .newUntypedWorkflowStub(AFTERCARE_TYPE, workflow)
                  .executeUpdateWithStart(update, new Object[] {wish}, new Object[] {orderId}));
    } catch (RuntimeException e) {
      throw explained(orderId, orderId.aftercare(), e);
    }
  }

  WorkflowOptions aftercareOptions(OrderId orderId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(orderId.aftercare())
        .setTaskQueue(service.taskQueue())
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setTypedSearchAttributes(attributes(orderId))
        .setStaticSummary("aftercare")
        .build();
  }

  /** So that a customer's list finds the refunded order too. */
  private SearchAttributes attributes(OrderId orderId) {
    SearchAttributes.Builder own = SearchAttributes.newBuilder();
    service
        .describe(orderId.value())
        .map(order -> order.getTypedSearchAttributes().get(OrderAttributes.CUSTOMER))
        .ifPresent(customer -> own.set(OrderAttributes.CUSTOMER, customer));
    return own.build();
  }

  OrderView review(OrderId orderId, ReviewDecision decision, Duration deadline) {
    try {
      return update(orderId, orderId.value(), REVIEW, OrderView.class, decision, deadline);
    } catch (RuntimeException notHere) {
      if (!(notHere instanceof NotPossibleException) && !ServiceErrors.isGone(notHere)) {
        throw notHere;
      }
      return reviewLater(orderId, decision, deadline, notHere);
    }
  }

  private OrderView reviewLater(
      OrderId orderId, ReviewDecision decision, Duration deadline, RuntimeException notHere) {
    long end = System.nanoTime() + deadline.toNanos();
    try {
      update(orderId, orderId.aftercare(), REVIEW, OrderView.class, decision, deadline);
      // It answers with what itself has done; the order's own run has done more.
      return reading.show(orderId, until(end));
    } catch (RuntimeException e) {
      if (!ServiceErrors.isGone(e)) {
        throw e;
      }
      if (notHere instanceof NotPossibleException) {
        throw notHere;
      }
      OrderView view = reading.showHere(orderId, deadline);
      throw new NotPossibleException(
          orderId, "it does not wait for a decision; it is " + view.status());
    }
  }

  <R> R update(
      OrderId orderId, String workflowId, String name, Class<R> type, Object wish, Duration limit) {
    UpdateOptions<R> update = updateOptions(name, type);
    try {
      return service.within(
          limit,
          "order " + orderId,
          () -> service.stub(workflowId).startUpdate(update, wish).getResult());
    } catch (WorkflowUpdateException e) {
      throw ServiceErrors.isGone(e) ? e : explained(orderId, workflowId, e);
    }
  }

  /** With an id of its own, so that it is one wish, however often it is sent. */
  private static <R> UpdateOptions<R> updateOptions(String name, Class<R> type) {
    return UpdateOptions.newBuilder(type)
        .setUpdateName(name)
        .setUpdateId(UUID.randomUUID().toString())
        .setWaitForStage(WorkflowUpdateStage.COMPLETED)
        .build();
  }

  private RuntimeException explained(OrderId orderId, String workflowId, RuntimeException e) {
    if (ServiceErrors.hasType(e, Reading.NO_SUCH_ORDER) || failedForNothing(workflowId, e)) {
      service.describe(workflowId).ifPresent(run -> service.forget(run.getExecution()));
      return new NoSuchOrderException(orderId);
    }
    Optional<RuntimeException> archived = archived(workflowId, e);
    if (archived.isPresent()) {
      service.describe(workflowId).ifPresent(run -> service.forget(run.getExecution()));
      return archived.get();
    }
    if (ServiceErrors.isRefused(e)) {
      return new NotPossibleException(orderId, ServiceErrors.said(e).orElse("not possible now"));
    }
    return e;
  }

  /** What is said of an order that is archived; the workflow may have ended under the question. */
  private Optional<RuntimeException> archived(String workflowId, RuntimeException e) {
    return Optional.of(e)
        .filter(failure -> ServiceErrors.hasType(failure, OrderWorkflow.ARCHIVED))
        .or(() -> failure(workflowId, e))
        .filter(failure -> ServiceErrors.hasType(failure, OrderWorkflow.ARCHIVED))
        .flatMap(failure -> ServiceErrors.said(failure, OrderWorkflow.ARCHIVED))
        .map(OrderArchivedException::new);
  }

  /** Whether the workflow ended under the question, because there is no such order. */
  private boolean failedForNothing(String workflowId, RuntimeException e) {
    return failure(workflowId, e)
        .filter(failed -> ServiceErrors.hasType(failed, Reading.NO_SUCH_ORDER))
        .isPresent();
  }

  /** How the workflow that was asked ended, where it failed under the question. */
  private Optional<RuntimeException> failure(String workflowId, RuntimeException e) {
    if (!ServiceErrors.isGone(e)) {
      return Optional.empty();
    }
    try {
      service.call(() -> service.stub(workflowId).getResult(OrderView.class));
      return Optional.empty();
    } catch (RuntimeException failed) {
      return Optional.of(failed);
    }
  }
}
