package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderView;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts orders again from the ledger, where their workflow was ended from outside or is lost. */
final class Recovering {

  /** How long an order that Temporal has never heard of may take to be found in the ledger. */
  private static final Duration LEDGER = Duration.ofSeconds(3);

  /** How long a worker may take to say how an order ended. */
  private static final Duration ANSWER = Duration.ofSeconds(10);

  private final Service service;
  private final Placing placing;
  private final Reading reading;

  Recovering(Service service, Placing placing, Reading reading) {
    this.service = service;
    this.placing = placing;
    this.reading = reading;
  }

  Recovery recover(OrderId orderId) {
    Optional<WorkflowExecutionDescription> before =
        service.describe(orderId.value()).filter(run -> !foundNoOrder(run));
    Optional<WorkflowExecutionDescription> after = service.describe(orderId.aftercare());
    if (before.filter(Recovering::isRunning).isPresent()
        || after.filter(Recovering::isRunning).isPresent()) {
      return Recovery.ALREADY_RUNNING;
    }
    if (isArchived(orderId)) {
      return Recovery.ARCHIVED;
    }
    if (before.isPresent() && ranToTheEnd(before.get(), after) && nothingIsOwed(orderId)) {
      return Recovery.NOTHING_TO_RECOVER;
    }
    WorkflowStub stub =
        service.client().newUntypedWorkflowStub(Placing.WORKFLOW_TYPE, options(orderId, before));
    try {
      service.call(() -> stub.start(OrderInput.recover(orderId)));
    } catch (WorkflowExecutionAlreadyStarted e) {
      return Recovery.ALREADY_RUNNING;
    }
    if (before.isEmpty()) {
      requireInLedger(orderId, stub);
    }
    return Recovery.STARTED;
  }

  /** Where nobody says so now, the run that is begun finds it out. */
  private boolean isArchived(OrderId orderId) {
    try {
      return reading.recalled(orderId, ANSWER).isPresent();
    } catch (DeadlineException | NoWorkerException | WorkflowFailedException e) {
      return false;
    }
  }

  private static boolean isRunning(WorkflowExecutionDescription run) {
    return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  /** Whether it was begun for an order that the ledger does not have. */
  private boolean foundNoOrder(WorkflowExecutionDescription run) {
    if (run.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED) {
      return false;
    }
    try {
      service.call(() -> service.stub(run.getExecution()).getResult(OrderView.class));
      return false;
    } catch (WorkflowFailedException e) {
      return ServiceErrors.hasType(e, Reading.NO_SUCH_ORDER);
    }
  }

  /** Whether nobody ended the order's run, nor the aftercare that came after it. */
  private static boolean ranToTheEnd(
      WorkflowExecutionDescription order, Optional<WorkflowExecutionDescription> after) {
    return ranToTheEnd(order)
        && after
            .filter(run -> !run.getCloseTime().isBefore(order.getStartTime()))
            .map(Recovering::ranToTheEnd)
            .orElse(true);
  }

  /** Temporal's own cancel is only a wish to an order's workflow, and shown whatever came of it. */
  private static boolean ranToTheEnd(WorkflowExecutionDescription run) {
    return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED
        || run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED;
  }

  /** A message that was given up, for instance, is still owed. */
  private boolean nothingIsOwed(OrderId orderId) {
    OrderView view = reading.show(orderId, ANSWER);
    return view.status().isEnded()
        && view.steps().stream().allMatch(step -> step.outcome().state().isFinal());
  }

  /**
   * As when it was placed, as far as that is still known. An order of which Temporal knows nothing
   * may never have been placed: it is listed as soon as its run gives it a status.
   */
  private WorkflowOptions options(OrderId orderId, Optional<WorkflowExecutionDescription> before) {
    WorkflowOptions.Builder options =
        placing
            .common(orderId)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
            .setStaticSummary("recovered");
    before.ifPresent(run -> knownOf(run, options));
    return options.build();
  }

  private static void knownOf(WorkflowExecutionDescription run, WorkflowOptions.Builder options) {
    SearchAttributes attributes = run.getTypedSearchAttributes();
    options.setTypedSearchAttributes(
        Placing.attributes(
            Optional.ofNullable(attributes.get(OrderAttributes.CUSTOMER)),
            Optional.ofNullable(attributes.get(OrderAttributes.CHANNEL))));
    Optional.ofNullable(run.getMemo(OrderAttributes.FINGERPRINT, String.class))
        .ifPresent(known -> options.setMemo(Map.of(OrderAttributes.FINGERPRINT, known)));
  }

  private void requireInLedger(OrderId orderId, WorkflowStub stub) {
    try {
      service.call(() -> stub.getResult(LEDGER.toMillis(), TimeUnit.MILLISECONDS, OrderView.class));
    } catch (WorkflowFailedException e) {
      if (ServiceErrors.hasType(e, Reading.NO_SUCH_ORDER)) {
        service.forget(stub.getExecution());
        throw new NoSuchOrderException(orderId);
      }
    } catch (IllegalStateException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
      // It is found, or will be: the order is on its way.
    }
  }
}
