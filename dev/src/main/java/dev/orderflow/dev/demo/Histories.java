package dev.orderflow.dev.demo;

import dev.orderflow.dev.Figures;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What Temporal keeps of the orders. */
final class Histories {

  private final WorkflowClient temporal;

  Histories(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  /** Whether everything that was begun for the order has come to its end. */
  boolean isClosed(OrderId order) {
    return isClosed(order.value()) && isClosed(order.aftercare());
  }

  private boolean isClosed(String workflowId) {
    return describe(workflowId)
        .filter(
            workflow ->
                workflow.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING)
        .isEmpty();
  }

  /** What the order's own workflow cost; empty where it was never begun. */
  Optional<Figures> figures(OrderId order) {
    return figures(order.value());
  }

  /** What the workflow after it cost; empty where none was needed. */
  Optional<Figures> aftercare(OrderId order) {
    return figures(order.aftercare());
  }

  private Optional<Figures> figures(String workflowId) {
    return describe(workflowId)
        .map(workflow -> Figures.of(temporal.fetchHistory(workflowId).getEvents()));
  }

  /** The status that each order's latest workflow shows in lists, as soon as lists know it. */
  Map<OrderId, OrderStatus> listed() {
    Map<OrderId, Listed> latest = new HashMap<>();
    try (var workflows = temporal.listExecutions("WorkflowType IN ('Order', 'Aftercare')")) {
      workflows.forEach(
          workflow ->
              Listed.of(workflow)
                  .ifPresent(listed -> latest.merge(listed.order, listed, Listed::later)));
    }
    Map<OrderId, OrderStatus> statuses = new HashMap<>();
    latest.forEach((order, listed) -> statuses.put(order, listed.status));
    return statuses;
  }

  private record Listed(OrderId order, OrderStatus status, Instant began) {

    static Optional<Listed> of(WorkflowExecutionMetadata workflow) {
      String order = workflow.getExecution().getWorkflowId().replace("/after", "");
      return Optional.ofNullable(workflow.getTypedSearchAttributes().get(OrderAttributes.STATUS))
          .map(
              status ->
                  new Listed(
                      new OrderId(order), OrderStatus.valueOf(status), workflow.getStartTime()));
    }

    Listed later(Listed other) {
      return other.began.isAfter(began) ? other : this;
    }
  }

  private Optional<WorkflowExecutionDescription> describe(String workflowId) {
    try {
      return Optional.of(temporal.newUntypedWorkflowStub(workflowId).describe());
    } catch (WorkflowNotFoundException none) {
      return Optional.empty();
    }
  }
}
