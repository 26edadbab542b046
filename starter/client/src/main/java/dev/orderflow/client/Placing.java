package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderAttributes;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderFingerprint;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderRules;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import java.util.Map;
import java.util.Optional;

/** Starts orders, each once. */
final class Placing {

  static final String WORKFLOW_TYPE = "Order";

  private final Service service;

  Placing(Service service) {
    this.service = service;
  }

  /**
   * While Temporal keeps the order's history, the same key is recognised by the workflow's id and
   * the same document by the fingerprint in its memo. After that a new run begins, and the ledger,
   * which forgets no key, decides.
   */
  Placed place(OrderDocument document) {
    OrderRules.check(document);
    OrderId orderId = OrderId.ofKey(document.key());
    try {
      return start(document, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE);
    } catch (WorkflowExecutionAlreadyStarted e) {
      Optional<WorkflowExecutionDescription> known = service.describe(orderId.value());
      // A run that failed was none: its document was refused by the ledger, or stood for no order.
      if (known.isEmpty()
          || known.get().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED) {
        known.ifPresent(failed -> requireOtherThanRefused(document, failed));
        return startAgain(document);
      }
      return recognised(document, known.get());
    }
  }

  /** The ledger forgets no key: what it refused because of it once, it refuses again. */
  private void requireOtherThanRefused(
      OrderDocument document, WorkflowExecutionDescription failed) {
    Object before = failed.getMemo(OrderAttributes.FINGERPRINT, String.class);
    if (!OrderFingerprint.of(document).equals(before)) {
      return;
    }
    try {
      service.call(() -> service.stub(failed.getExecution()).getResult(OrderView.class));
    } catch (WorkflowFailedException e) {
      if (ServiceErrors.hasType(e, Reading.KEY_REUSED)) {
        throw OrderKeyConflictException.ofKey(document.key(), OrderId.ofKey(document.key()));
      }
    }
  }

  private Placed startAgain(OrderDocument document) {
    try {
      return start(
          document, WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY);
    } catch (WorkflowExecutionAlreadyStarted e) {
      return recognised(
          document, service.describe(OrderId.ofKey(document.key()).value()).orElseThrow(() -> e));
    }
  }

  private Placed start(OrderDocument document, WorkflowIdReusePolicy reuse) {
    OrderInput input = OrderInput.place(document);
    service.call(
        () ->
            service
                .client()
                .newUntypedWorkflowStub(WORKFLOW_TYPE, options(input.orderId(), document, reuse))
                .start(input));
    return new Placed(input.orderId(), Placed.Novelty.NEW);
  }

  private static Placed recognised(OrderDocument document, WorkflowExecutionDescription known) {
    OrderId orderId = OrderId.ofKey(document.key());
    // A recovered order may have none: then the key alone has to do.
    Object before = known.getMemo(OrderAttributes.FINGERPRINT, String.class);
    if (before != null && !before.equals(OrderFingerprint.of(document))) {
      throw OrderKeyConflictException.ofKey(document.key(), orderId);
    }
    return new Placed(orderId, Placed.Novelty.EXISTING);
  }

  private WorkflowOptions options(
      OrderId orderId, OrderDocument document, WorkflowIdReusePolicy reuse) {
    String currency = document.currency().getCode();
    int lines = document.lines().size();
    return common(orderId)
        .setWorkflowIdReusePolicy(reuse)
        .setTypedSearchAttributes(
            attributes(Optional.of(document.customer().value()), document.payment().channel()))
        .setMemo(Map.of(OrderAttributes.FINGERPRINT, OrderFingerprint.of(document)))
        .setStaticSummary((lines == 1 ? "1 line, " : lines + " lines, ") + currency)
        .setStaticDetails(details(document))
        .build();
  }

  /**
   * What every run of an order is started with. Neither a run timeout, which would skip what is to
   * be taken back, nor another task timeout than the usual 10 s: three times the local time that a
   * plan allows, and the time after which another worker takes over from one that died.
   */
  WorkflowOptions.Builder common(OrderId orderId) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(orderId.value())
        .setTaskQueue(service.taskQueue())
        .setDisableEagerExecution(false);
  }

  static SearchAttributes attributes(Optional<String> customer, Optional<String> channel) {
    SearchAttributes.Builder attributes =
        SearchAttributes.newBuilder().set(OrderAttributes.STATUS, OrderStatus.PLACED.name());
    customer.ifPresent(value -> attributes.set(OrderAttributes.CUSTOMER, value));
    channel.ifPresent(value -> attributes.set(OrderAttributes.CHANNEL, value));
    return attributes.build();
  }

  /** What was bought, without who bought it. */
  private static String details(OrderDocument document) {
    StringBuilder text = new StringBuilder();
    for (OrderDocument.Line line : document.lines()) {
      text.append("- ").append(line.quantity()).append(" × `").append(line.article()).append('`');
      line.unitPrice()
          .ifPresent(price -> text.append(" at ").append(price.toPlainString()).append(" each"));
      text.append('\n');
    }
    document.coupon().ifPresent(code -> text.append("\nwith a coupon"));
    document
        .total()
        .ifPresent(
            total ->
                text.append("\nexpected total: ")
                    .append(document.currency().getCode())
                    .append(' ')
                    .append(total.toPlainString()));
    return text.toString();
  }
}
