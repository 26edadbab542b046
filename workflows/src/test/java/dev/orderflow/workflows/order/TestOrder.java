package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One order of a test: the client's view of it, and the operator's. */
final class TestOrder {

  static final Decision CUSTOMER = new Decision("customer-1", Decision.Role.CUSTOMER, "mistake");
  static final Decision OPERATOR = new Decision("op-1", Decision.Role.OPERATOR, "looked at it");

  private static final int PATIENCE_SECONDS = 20;

  private final Shop shop;
  private final Basket basket;

  TestOrder(Shop shop, Basket basket) {
    this.shop = shop;
    this.basket = basket;
  }

  OrderId id() {
    return basket.orderId();
  }

  /** What will go wrong. */
  TestOrder with(Call call, Trouble trouble) {
    shop.ledger().trouble(id(), call, trouble);
    return this;
  }

  TestOrder place() {
    return begin(OrderInput.place(basket.document()));
  }

  /** Begins again from the ledger. */
  TestOrder recover() {
    return begin(OrderInput.recover(id()));
  }

  private TestOrder begin(OrderInput input) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id().value())
            .setTaskQueue(OrderAttributes.TASK_QUEUE)
            .setTypedSearchAttributes(
                SearchAttributes.newBuilder()
                    .set(OrderAttributes.STATUS, OrderStatus.PLACED.name())
                    .build())
            .build();
    shop.client().newUntypedWorkflowStub("Order", options).start(input);
    shop.watch(id().value());
    return this;
  }

  WorkflowStub workflow() {
    return shop.client().newUntypedWorkflowStub(id().value());
  }

  private WorkflowStub aftercare() {
    return shop.client().newUntypedWorkflowStub(id().aftercare());
  }

  OrderView show() {
    return workflow().query("show", OrderView.class);
  }

  /** Waits until the order stands so. */
  OrderView awaitStatus(OrderStatus status) {
    await().until(() -> show().status() == status);
    return show();
  }

  /** Waits for the end, while time skips; and the ledger and the world must agree with it. */
  OrderView ends(OrderStatus ending) {
    return ended(workflow(), ending);
  }

  OrderView aftercareEnds(OrderStatus ending) {
    return ended(aftercare(), ending);
  }

  private OrderView ended(WorkflowStub stub, OrderStatus ending) {
    OrderView view;
    try {
      view = stub.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, OrderView.class);
    } catch (WorkflowFailedException e) {
      if (!(e.getCause() instanceof CanceledFailure)) {
        throw e;
      }
      // Temporal shows Canceled whatever happened; the order says the truth.
      view = stub.query("show", OrderView.class);
    } catch (TimeoutException e) {
      throw new AssertionError(id() + " does not end; it is " + show(), e);
    }
    assertThat(view.status()).as("%s", view).isEqualTo(ending);
    shop.ledger().mustHaveEnded(id(), ending);
    return view;
  }

  /** Asks to cancel, as the customer. */
  CompletableFuture<CancelReply> cancel() {
    return update(workflow(), "cancel", CancelReply.class, CUSTOMER);
  }

  /** Decides what waits, as an operator. */
  CompletableFuture<OrderView> decide(Review.Choice choice) {
    return decide(choice, Optional.empty());
  }

  CompletableFuture<OrderView> decide(Review.Choice choice, Optional<String> reference) {
    int version = show().review().orElseThrow().version();
    return decide(new ReviewDecision(OPERATOR, version, choice, reference));
  }

  CompletableFuture<OrderView> decide(ReviewDecision decision) {
    return update(workflow(), "review", OrderView.class, decision);
  }

  private static <R> CompletableFuture<R> update(
      WorkflowStub stub, String name, Class<R> answer, Object argument) {
    WorkflowUpdateHandle<R> handle =
        stub.startUpdate(name, WorkflowUpdateStage.ACCEPTED, answer, argument);
    return handle.getResultAsync(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Asks aftercare to cancel, as {@code OrderClient} does once the order has ended. */
  WorkflowUpdateHandle<CancelReply> cancelAfterwards() {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id().aftercare())
            .setTaskQueue(OrderAttributes.TASK_QUEUE)
            .setWorkflowIdConflictPolicy(
                WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
            .build();
    shop.watch(id().aftercare());
    return shop.client()
        .newUntypedWorkflowStub("Aftercare", options)
        .startUpdateWithStart(
            UpdateOptions.newBuilder(CancelReply.class)
                .setUpdateName("cancel")
                .setWaitForStage(WorkflowUpdateStage.ACCEPTED)
                .build(),
            new Object[] {CUSTOMER},
            new Object[] {id()});
  }

  int attempts(Call call) {
    return shop.ledger().attempts(id(), call);
  }

  List<HistoryEvent> history() {
    return shop.client().fetchHistory(id().value()).getEvents();
  }

  long count(EventType type) {
    return history().stream().filter(event -> event.getEventType() == type).count();
  }

  /** The activities that moved to the server. */
  List<String> regularActivities() {
    return history().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        .map(event -> event.getActivityTaskScheduledEventAttributes().getActivityType().getName())
        .toList();
  }

  void sleep(Duration time) {
    shop.temporal().sleep(time);
  }
}
