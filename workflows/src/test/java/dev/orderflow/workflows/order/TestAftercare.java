package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What comes after an order of a test, as {@code OrderClient} asks for it. */
final class TestAftercare {

  private final Shop shop;
  private final OrderId orderId;

  TestAftercare(Shop shop, OrderId orderId) {
    this.shop = shop;
    this.orderId = orderId;
  }

  /** Begins the workflow, and then asks for nothing. */
  void begin() {
    shop.watch(orderId.aftercare());
    stub().start(orderId);
  }

  /** The provider's callback has come: begins the workflow, or tells the one that runs. */
  TestAftercare reported() {
    shop.watch(orderId.aftercare());
    stub().signalWithStart("paymentReported", new Object[0], new Object[] {orderId});
    return this;
  }

  private WorkflowStub stub() {
    return shop.client()
        .newUntypedWorkflowStub(
            "Aftercare",
            WorkflowOptions.newBuilder()
                .setWorkflowId(orderId.aftercare())
                .setTaskQueue(OrderAttributes.TASK_QUEUE)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .build());
  }

  CompletableFuture<CancelReply> cancel() {
    return ask("cancel", UUID.randomUUID().toString(), CancelReply.class, TestOrder.CUSTOMER);
  }

  CompletableFuture<RefundReply> refund(String key, RefundRequest.Wanted wanted) {
    return refund(UUID.randomUUID().toString(), key, wanted);
  }

  /** Under an update id that {@link #awaitReceived} knows. */
  CompletableFuture<RefundReply> refund(String updateId, String key, RefundRequest.Wanted wanted) {
    RefundRequest request = new RefundRequest(key, wanted, TestOrder.OPERATOR);
    return ask("refund", updateId, RefundReply.class, request);
  }

  /** Waits until the server has the wish; nobody may have looked at it yet. */
  void awaitReceived(String updateId) {
    await()
        .pollInterval(TestOrder.POLL)
        .until(() -> shop.hasReceived(orderId.aftercare(), updateId));
  }

  /** Begins the workflow by the question, or asks the one that runs. */
  private <R> CompletableFuture<R> ask(String update, String id, Class<R> type, Object question) {
    WorkflowStub stub = stub();
    shop.watch(orderId.aftercare());
    return shop.call(
        () ->
            stub.executeUpdateWithStart(
                UpdateOptions.newBuilder(type)
                    .setUpdateName(update)
                    .setUpdateId(id)
                    .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                    .build(),
                new Object[] {question},
                new Object[] {orderId}));
  }

  CompletableFuture<OrderView> decide(Review.Choice choice, Optional<String> reference) {
    int version = show().review().orElseThrow().version();
    var decision = new ReviewDecision(TestOrder.OPERATOR, version, choice, reference);
    return shop.call(() -> workflow().update("review", OrderView.class, decision));
  }

  OrderView show() {
    return workflow().query("show", OrderView.class);
  }

  void awaitReview() {
    await().pollInterval(TestOrder.POLL).until(() -> show().review().isPresent());
  }

  WorkflowStub workflow() {
    return shop.client().newUntypedWorkflowStub(orderId.aftercare());
  }

  /** What it says at its end. */
  OrderView result() {
    try {
      return workflow().getResult(20, TimeUnit.SECONDS, OrderView.class);
    } catch (TimeoutException e) {
      throw new AssertionError("aftercare of " + orderId + " does not end", e);
    }
  }

  OrderView ends(OrderStatus ending) {
    try {
      OrderView view = workflow().getResult(20, TimeUnit.SECONDS, OrderView.class);
      assertThat(view.status()).as("%s", view).isEqualTo(ending);
      shop.ledger().mustHaveEnded(orderId, ending);
      return view;
    } catch (TimeoutException e) {
      throw new AssertionError("aftercare of " + orderId + " does not end", e);
    }
  }
}
