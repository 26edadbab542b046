package dev.orderflow.client;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributeKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Orders from Temporal's index. An order may have several runs there, of its own workflow and of
 * its aftercare: each page is looked up again by id, so that every order appears once, with the
 * status of its newest run.
 */
final class Listing {

  private static final int PAGE = 50;

  private final Service service;

  Listing(Service service) {
    this.service = service;
  }

  /** The orders on their way first, then those that ended last. Pages are fetched as needed. */
  Stream<OrderSummary> list(OrderQuery query) {
    return pages(runs(where(query)).iterator())
        .flatMap(page -> newest(page).stream())
        .filter(order -> query.status().map(order.status()::equals).orElse(true));
  }

  /** The orders whose workflow was ended from outside before the order had. */
  Stream<OrderSummary> brokenOff() {
    String interrupted =
        "WorkflowType IN ('Order', 'Aftercare') AND ExecutionStatus IN"
            + " ('Canceled', 'Terminated', 'TimedOut', 'Failed')";
    return pages(runs(interrupted).iterator())
        .flatMap(page -> newest(page).stream())
        .filter(order -> order.progress() == OrderSummary.Progress.BROKEN_OFF);
  }

  private static String where(OrderQuery query) {
    StringBuilder where = new StringBuilder("WorkflowType IN ('Order', 'Aftercare')");
    query
        .status()
        .ifPresent(status -> where.append(" AND OrderStatus = '").append(status).append('\''));
    query
        .customer()
        .ifPresent(id -> where.append(" AND CustomerId = '").append(id.value()).append('\''));
    return where.toString();
  }

  private Stream<WorkflowExecutionMetadata> runs(String query) {
    return service.call(() -> service.client().listExecutions(query));
  }

  /** Pages of order ids, each id once. */
  private Stream<List<OrderId>> pages(Iterator<WorkflowExecutionMetadata> runs) {
    Set<OrderId> seen = new HashSet<>();
    Iterator<List<OrderId>> pages =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return service.call(runs::hasNext);
          }

          @Override
          public List<OrderId> next() {
            List<OrderId> page = new ArrayList<>(PAGE);
            while (page.size() < PAGE && hasNext()) {
              orderOf(service.call(runs::next)).filter(seen::add).ifPresent(page::add);
            }
            return page;
          }
        };
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
  }

  private static Optional<OrderId> orderOf(WorkflowExecutionMetadata run) {
    String id = run.getExecution().getWorkflowId();
    int slash = id.indexOf('/');
    try {
      return Optional.of(new OrderId(slash < 0 ? id : id.substring(0, slash)));
    } catch (IllegalArgumentException someoneElses) {
      return Optional.empty();
    }
  }

  private List<OrderSummary> newest(List<OrderId> page) {
    if (page.isEmpty()) {
      return List.of();
    }
    String ids =
        page.stream()
            .flatMap(id -> Stream.of(id.value(), id.aftercare()))
            .map(id -> "'" + id + "'")
            .collect(Collectors.joining(", ", "WorkflowId IN (", ")"));
    Map<OrderId, List<WorkflowExecutionMetadata>> byOrder = new LinkedHashMap<>();
    page.forEach(id -> byOrder.put(id, new ArrayList<>()));
    service
        .call(() -> runs(ids).toList())
        .forEach(run -> orderOf(run).ifPresent(id -> byOrder.get(id).add(run)));
    return byOrder.entrySet().stream()
        // One that no run has ever given a status was asked for, but never placed.
        .filter(order -> newest(order.getValue(), OrderAttributes.STATUS).isPresent())
        .map(order -> summary(order.getKey(), order.getValue()))
        .toList();
  }

  private static OrderSummary summary(OrderId orderId, List<WorkflowExecutionMetadata> runs) {
    runs.sort(Comparator.comparing(WorkflowExecutionMetadata::getStartTime).reversed());
    OrderStatus status = OrderStatus.valueOf(newest(runs, OrderAttributes.STATUS).orElseThrow());
    return new OrderSummary(
        orderId,
        status,
        newest(runs, OrderAttributes.CUSTOMER).map(CustomerId::new),
        newest(runs, OrderAttributes.CHANNEL),
        runs.get(runs.size() - 1).getStartTime(),
        progress(status, runs));
  }

  private static Optional<String> newest(
      List<WorkflowExecutionMetadata> runs, SearchAttributeKey<String> attribute) {
    return runs.stream()
        .flatMap(run -> Stream.ofNullable(run.getTypedSearchAttributes().get(attribute)))
        .findFirst();
  }

  private static OrderSummary.Progress progress(
      OrderStatus status, List<WorkflowExecutionMetadata> runs) {
    boolean running =
        runs.stream()
            .anyMatch(
                run ->
                    run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    if (running) {
      return OrderSummary.Progress.RUNNING;
    }
    return status.isEnded() ? OrderSummary.Progress.ENDED : OrderSummary.Progress.BROKEN_OFF;
  }
}
