package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.saga.Step;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One order of a test: the client's view of it, and the operator's. */
final class TestOrder {

  static final Decision CUSTOMER = new Decision("customer-1", Decision.Role.CUSTOMER, "mistake");
  static final Decision OPERATOR = new Decision("op-1", Decision.Role.OPERATOR, "looked at it");

  static final Duration POLL = Duration.ofMillis(20);

  private static final int PATIENCE_SECONDS = 10;

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
    return begin(OrderInput.place(basket.document()), OrderAttributes.TASK_QUEUE);
  }

  /** Places it where no worker looks yet. */
  TestOrder placeAt(String taskQueue) {
    return begin(OrderInput.place(basket.document()), taskQueue);
  }

  /** Begins again from the ledger. */
  TestOrder recover() {
    return begin(OrderInput.recover(id()), OrderAttributes.TASK_QUEUE);
  }

  /** As {@link #recover}, where no worker looks yet. */
  TestOrder recoverAt(String taskQueue) {
    return begin(OrderInput.recover(id()), taskQueue);
  }

  private TestOrder begin(OrderInput input, String taskQueue) {
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(id().value())
            .setTaskQueue(taskQueue)
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

  /** As lists show it. */
  String channel() {
    return workflow().describe().getTypedSearchAttributes().get(OrderAttributes.CHANNEL);
  }

  OrderView show() {
    return workflow().query("show", OrderView.class);
  }

  /** Waits until the order stands so. */
  OrderView awaitStatus(OrderStatus status) {
    await().pollInterval(POLL).until(() -> show().status() == status);
    return show();
  }

  /** Waits until the wallet waits for the customer, and the order knows. */
  void awaitOpenPayment() {
    await()
        .pollInterval(POLL)
        .until(
            () -> show().nextAction().toString().contains(shop.ledger().openPayment(id()) + ","));
  }

  /** Waits until the order says why. */
  void awaitReason(String code) {
    await()
        .pollInterval(POLL)
        .until(() -> show().reason().filter(why -> why.code().equals(code)).isPresent());
  }

  /** Waits, while time skips, until the order is on hold. */
  void awaitHold() {
    awaitWhileTimeSkips(view -> view.status() == OrderStatus.ON_HOLD, Duration.ofSeconds(10));
  }

  /** Waits, while time skips, until an operator is asked about the step. */
  void awaitReviewOf(Step step) {
    awaitWhileTimeSkips(
        view -> view.review().filter(review -> review.key().step() == step).isPresent(),
        Duration.ofSeconds(30));
  }

  /** Waits, while days are skipped, until an operator is asked. */
  void awaitReviewAfterDays() {
    awaitWhileTimeSkips(view -> view.review().isPresent(), Duration.ofHours(4));
  }

  private void awaitWhileTimeSkips(Predicate<OrderView> reached, Duration step) {
    for (int i = 0; i < 60 && !reached.test(show()); i++) {
      sleep(step);
    }
    await().pollInterval(POLL).until(() -> reached.test(show()));
  }

  /** Waits until the call is in the server's hands. */
  void awaitRegular(Call call) {
    await().pollInterval(POLL).until(() -> regularActivities().contains(call.type()));
  }

  /** Waits for the end, while time skips; and the ledger and the world must agree with it. */
  OrderView ends(OrderStatus ending) {
    return ended(workflow(), ending);
  }

  /** As {@link #ends}, where it depends on how far the story had come. */
  OrderView endsAsOneOf(OrderStatus... endings) {
    OrderView view = result(workflow());
    assertThat(view.status()).isIn((Object[]) endings);
    return ends(view.status());
  }

  private OrderView ended(WorkflowStub stub, OrderStatus ending) {
    OrderView view = result(stub);
    assertThat(view.status()).as("%s", view).isEqualTo(ending);
    shop.ledger().mustHaveEnded(id(), ending);
    return view;
  }

  private String story() {
    return history().stream()
        .map(event -> event.getEventType().name())
        .collect(Collectors.joining("\n"));
  }

  /** What the workflow answers at its end. */
  CompletableFuture<OrderView> result() {
    return shop.call(() -> workflow().getResult(OrderView.class));
  }

  private OrderView result(WorkflowStub stub) {
    try {
      return stub.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, OrderView.class);
    } catch (WorkflowFailedException e) {
      if (!(e.getCause() instanceof CanceledFailure)) {
        throw e;
      }
      // Temporal shows Canceled whatever happened; the order says the truth.
      return stub.query("show", OrderView.class);
    } catch (TimeoutException e) {
      throw new AssertionError(id() + " does not end:\n" + story(), e);
    }
  }

  /** Asks to cancel, as the customer. */
  CompletableFuture<CancelReply> cancel() {
    return update(workflow(), "cancel", CancelReply.class, CUSTOMER);
  }

  /** The provider's callback has come. */
  TestOrder reported() {
    workflow().signal("paymentReported");
    return this;
  }

  /** Chooses another way to pay, as the customer. */
  CompletableFuture<OrderView> pay(String channel, String token) {
    return update(
        workflow(), "pay", OrderView.class, new PaymentChoice(Optional.of(channel), token));
  }

  /** The customer pays what the wallet has open. */
  TestOrder customerPays() {
    shop.ledger().customerPays(id());
    return this;
  }

  /** The customer gives up what the wallet has open. */
  TestOrder customerRefuses() {
    shop.ledger().customerRefuses(id());
    return this;
  }

  /** How long the order took, as the server saw it. */
  Duration took() {
    List<HistoryEvent> events = history();
    Timestamp began = events.get(0).getEventTime();
    Timestamp ended = events.get(events.size() - 1).getEventTime();
    return Duration.ofSeconds(ended.getSeconds() - began.getSeconds())
        .plusNanos(ended.getNanos() - began.getNanos());
  }

  /** Decides what waits, as an operator. */
  CompletableFuture<OrderView> decide(Review.Choice choice) {
    return decide(choice, Optional.empty());
  }

  CompletableFuture<OrderView> decide(Review.Choice choice, Optional<String> reference) {
    int version = show().review().orElseThrow().version();
    return decide(new ReviewDecision(OPERATOR, version, choice, reference));
  }

  static ReviewDecision decision(int version, Review.Choice choice) {
    return new ReviewDecision(OPERATOR, version, choice, Optional.empty());
  }

  CompletableFuture<OrderView> decide(ReviewDecision decision) {
    return update(workflow(), "review", OrderView.class, decision);
  }

  /** Returns when the server has the request; the workflow may be busy. */
  private <R> CompletableFuture<R> update(
      WorkflowStub stub, String name, Class<R> answer, Object argument) {
    String updateId = UUID.randomUUID().toString();
    UpdateOptions<R> options =
        UpdateOptions.newBuilder(answer)
            .setUpdateName(name)
            .setUpdateId(updateId)
            .setWaitForStage(WorkflowUpdateStage.COMPLETED)
            .build();
    CompletableFuture<R> reply = shop.call(() -> stub.startUpdate(options, argument).getResult());
    await()
        .pollInterval(POLL)
        .until(() -> reply.isDone() || shop.hasReceived(id().value(), updateId));
    return reply;
  }

  /** Everything that is said by whoever refused a request: types and messages. */
  static List<String> refusal(CompletableFuture<?> reply) {
    List<String> said = new ArrayList<>();
    for (Throwable e = catchThrowable(reply::join); e != null; e = e.getCause()) {
      if (e instanceof ApplicationFailure failure) {
        said.add(failure.getType());
        said.add(failure.getOriginalMessage());
      }
    }
    return said;
  }

  /** Asks for something as only a program of another kind could. */
  CompletableFuture<CancelReply> cancelWith(Object decision) {
    return update(workflow(), "cancel", CancelReply.class, decision);
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

  /** How often the server dropped what a workflow task had recorded. */
  long droppedTasks() {
    return count(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
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

  /** Lets time pass while the test goes on. */
  CompletableFuture<Void> sleepBeside(Duration time) {
    return CompletableFuture.runAsync(() -> sleep(time));
  }
}
