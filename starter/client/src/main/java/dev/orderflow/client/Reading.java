package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.Recollection;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowQueryException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Finds out where an order stands, from its own workflow and from the one that came after. */
final class Reading {

  static final String NO_SUCH_ORDER = "NO_SUCH_ORDER";
  static final String KEY_REUSED = "KEY_REUSED";

  private static final String RECALL_TYPE = "Recall";

  /** How long a worker may take at most to look into the ledger. */
  private static final Duration RECALL = Duration.ofSeconds(3);

  private final Service service;

  Reading(Service service) {
    this.service = service;
  }

  /** One workflow's view; {@code closed} is absent while it runs. */
  private record Run(Instant started, Optional<Instant> closed, OrderView view) {}

  OrderView show(OrderId orderId, Duration deadline) {
    return find(orderId, deadline).orElseThrow(() -> new NoSuchOrderException(orderId));
  }

  /**
   * As {@link #show}, for whoever wants something done.
   *
   * @throws OrderArchivedException when nothing can be
   */
  OrderView showHere(OrderId orderId, Duration deadline) {
    return here(show(orderId, deadline));
  }

  /** The same, unless it is archived. */
  static OrderView here(OrderView order) {
    if (order.archived().isPresent()) {
      throw OrderArchivedException.of(order, order.archived().get());
    }
    return order;
  }

  Optional<OrderView> find(OrderId orderId, Duration deadline) {
    Future<Optional<Run>> asked = service.ask(() -> run(orderId, orderId.aftercare(), deadline));
    Optional<Run> order = run(orderId, orderId.value(), deadline);
    Optional<Run> after = Service.answer(asked);
    if (order.isPresent() && after.isPresent()) {
      return Optional.of(merged(order.get(), after.get()));
    }
    return order.or(() -> after).map(Run::view).or(() -> recalled(orderId, deadline));
  }

  /**
   * What the ledger says of an order of which Temporal keeps no run: how it ended, where it is
   * archived. Nothing where it is not.
   *
   * @throws DeadlineException when nobody said so in time
   * @throws NoWorkerException when there is nobody to say it
   */
  Optional<OrderView> recalled(OrderId orderId, Duration deadline) {
    Duration patience = RECALL.compareTo(deadline) < 0 ? RECALL : deadline;
    WorkflowStub stub =
        service.client().newUntypedWorkflowStub(RECALL_TYPE, recallOptions(orderId));
    try {
      Recollection answer =
          service.within(
              patience,
              "order " + orderId,
              () -> {
                stub.start(orderId);
                return stub.getResult(Recollection.class);
              });
      service.forget(stub.getExecution());
      return answer.archived();
    } catch (WorkflowFailedException e) {
      throw e.getCause() instanceof TimeoutFailure
          ? service.unanswered("order " + orderId, patience)
          : e;
    }
  }

  /** It ends by itself where nobody answers. */
  private WorkflowOptions recallOptions(OrderId orderId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(orderId.recall())
        .setTaskQueue(service.taskQueue())
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowExecutionTimeout(RECALL.multipliedBy(10))
        .setStaticSummary("recall")
        .build();
  }

  private Optional<Run> run(OrderId orderId, String workflowId, Duration deadline) {
    return service.describe(workflowId).flatMap(found -> run(orderId, found, deadline));
  }

  private Optional<Run> run(
      OrderId orderId, WorkflowExecutionDescription found, Duration deadline) {
    WorkflowStub stub = service.stub(found.getExecution());
    WorkflowExecutionStatus status = found.getStatus();
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED) {
      OrderView view = service.call(() -> stub.getResult(OrderView.class));
      return Optional.of(new Run(found.getStartTime(), closed(found), view));
    }
    if (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED
        && isForNothing(orderId, stub)) {
      return Optional.empty();
    }
    return Optional.of(
        new Run(found.getStartTime(), closed(found), asked(orderId, found, stub, deadline)));
  }

  private OrderView asked(
      OrderId orderId, WorkflowExecutionDescription found, WorkflowStub stub, Duration deadline) {
    try {
      return service.within(
          deadline, "order " + orderId, () -> stub.query("show", OrderView.class));
    } catch (WorkflowQueryException e) {
      if (closed(found).isEmpty()) {
        throw e;
      }
      // Ended from outside before its first task was done: nothing can be replayed.
      return indexed(orderId, found);
    }
  }

  private static OrderView indexed(OrderId orderId, WorkflowExecutionDescription found) {
    String status = found.getTypedSearchAttributes().get(OrderAttributes.STATUS);
    return new OrderView(
        orderId,
        status == null ? OrderStatus.PLACED : OrderStatus.valueOf(status),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the run failed because the ledger has no such order, or has it no more. */
  private boolean isForNothing(OrderId orderId, WorkflowStub stub) {
    try {
      service.call(() -> stub.getResult(OrderView.class));
      return false;
    } catch (WorkflowFailedException e) {
      if (ServiceErrors.hasType(e, KEY_REUSED)) {
        throw OrderKeyConflictException.ofOrder(orderId);
      }
      return ServiceErrors.hasType(e, NO_SUCH_ORDER)
          || ServiceErrors.hasType(e, OrderWorkflow.ARCHIVED);
    }
  }

  private static Optional<Instant> closed(WorkflowExecutionDescription found) {
    return found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        ? Optional.empty()
        : Optional.ofNullable(found.getCloseTime());
  }

  /**
   * Aftercare knows more, unless the order was recovered since, or it has taken nothing back: it
   * begins with an order that it takes for completed, even where it was begun too early. One that
   * was paid late and goes on it leaves to the order's own next run.
   */
  private static OrderView merged(Run order, Run after) {
    boolean recovered = after.closed().filter(order.started()::isAfter).isPresent();
    boolean idle = after.view().status() == OrderStatus.COMPLETED;
    boolean revived =
        after.view().status() == OrderStatus.PLACED && order.started().isAfter(after.started());
    boolean ownIsLater = recovered || revived;
    boolean ownIsNewer = ownIsLater || idle;
    OrderView newer = ownIsNewer ? order.view() : after.view();
    OrderView older = ownIsNewer ? after.view() : order.view();
    Optional<OrderPlan> plan = newer.plan().or(older::plan);
    Optional<PaymentBalance> balance =
        ownIsLater
            ? order.view().balance().or(after.view()::balance)
            : after.view().balance().or(order.view()::balance);
    return new OrderView(
        newer.orderId(),
        newer.status(),
        newer.reason(),
        plan,
        steps(older.steps(), newer.steps()),
        newer.review(),
        newer.nextAction(),
        balance,
        balance
            .flatMap(PaymentBalance::paidBy)
            .or(() -> order.view().paidBy())
            .or(() -> after.view().paidBy())
            .filter(channel -> isAnother(channel, plan)),
        newer.payUntil(),
        newer.archived().or(older::archived));
  }

  /** Aftercare may not know the plan: its view can't say whether it begins with the channel. */
  private static boolean isAnother(String channel, Optional<OrderPlan> plan) {
    return plan.filter(known -> !known.payment().channel().equals(channel)).isPresent();
  }

  /** Each key once, with its newest outcome; where two are as new, the newer run's. */
  private static List<OrderView.StepView> steps(
      List<OrderView.StepView> older, List<OrderView.StepView> newer) {
    Map<StepKey, OrderView.StepView> newest = new LinkedHashMap<>();
    Stream.concat(older.stream(), newer.stream())
        .sorted(Comparator.comparing(OrderView.StepView::at))
        .forEach(step -> newest.put(step.key(), step));
    return newest.values().stream().sorted(Comparator.comparing(OrderView.StepView::at)).toList();
  }
}
