package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.client.Recovery;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Step;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator can do to an order in the Web UI does no harm to it. */
@ExtendWith(SharedMachine.class)
class RepairTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Machine machine;
  private final CampaignBooks books;
  private final Counter counter;

  RepairTest(Machine machine) {
    this.machine = machine;
    this.books = CampaignBooks.of(machine);
    this.counter = new Counter(machine);
  }

  @BeforeEach
  void someoneWorks() throws Exception {
    machine.worker();
  }

  @Test
  void aTerminatedOrderGoesOnFromTheLedgerWhenItIsRecovered() {
    Basket unpaid = Basket.rich("terminated-unpaid").paidBy("error_before:8");
    Basket held = Basket.dear("terminated-held");
    Basket stuck = Basket.dear("terminated-stuck").paidBy("approve,void.refuse_undo");
    List<Basket> all = List.of(unpaid, held, stuck);
    counter.place(all);
    awaitActivity(unpaid, "Payment.Charge");
    books.awaitStatus(List.of(held, stuck), OrderStatus.ON_HOLD);
    CompletableFuture<CancelReply> inReview = counter.cancel(stuck);
    assertThat(inReview.join().verdict()).isEqualTo(CancelReply.Verdict.IN_REVIEW);

    all.forEach(basket -> counter.workflow(basket).terminate("by accident"));
    for (Basket basket : all) {
      assertThat(machine.orders().recover(basket.id())).isEqualTo(Recovery.STARTED);
    }
    assertThat(machine.orders().recover(held.id())).isEqualTo(Recovery.ALREADY_RUNNING);
    awaitView(held, OrderStatus.ON_HOLD);
    counter.approve(held);
    counter.awaitClosed(all);

    assertThat(books.status(unpaid)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(books.status(held)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(books.status(stuck)).isEqualTo(OrderStatus.CANCELLED);
    books.mustAgree(all);
  }

  @Test
  void aResetRepeatsNothing() {
    Basket completed = Basket.rich("reset-completed");
    Basket refunded = Basket.rich("reset-refunded");
    Basket approved = Basket.dear("reset-approved");
    Basket held = Basket.dear("reset-held");
    List<Basket> all = List.of(completed, refunded, approved, held);
    counter.place(all);
    books.awaitStatus(List.of(approved), OrderStatus.ON_HOLD);
    awaitView(approved, OrderStatus.ON_HOLD);
    counter.approve(approved).join();
    counter.awaitClosed(List.of(completed, refunded, approved));
    assertThat(counter.cancel(refunded).join().status()).isEqualTo(OrderStatus.REFUNDED);
    counter.awaitClosed(List.of(refunded));
    books.awaitStatus(List.of(held), OrderStatus.ON_HOLD);
    awaitView(held, OrderStatus.ON_HOLD);

    all.forEach(this::resetToItsFirstTask);
    awaitView(held, OrderStatus.ON_HOLD);
    assertThat(machine.orders().show(held.id()).review().orElseThrow().version()).isEqualTo(1);
    counter.approve(held).join();
    counter.awaitClosed(all);

    assertThat(books.status(completed)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(books.status(approved)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(books.status(refunded)).isEqualTo(OrderStatus.REFUNDED);
    assertThat(books.status(held)).isEqualTo(OrderStatus.COMPLETED);
    books.mustAgree(all);
  }

  @Test
  void aCancelWithinTheFirstTaskFindsWhatWasDoneThough() {
    Basket byCustomer = Basket.rich("first-task-customer").paidBy("slow:1500");
    Basket byTemporal = Basket.rich("first-task-temporal").paidBy("slow:1500");
    List<Basket> both = List.of(byCustomer, byTemporal);
    counter.place(both);
    for (Basket basket : both) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> books.outside().isAtWorkOn(basket.key(Step.CHARGE)));
    }

    CompletableFuture<CancelReply> reply = counter.cancel(byCustomer);
    counter.cancelInTemporal(byTemporal).join();
    counter.awaitClosed(both);

    // Temporal's cancel makes the server drop the task with all it recorded; an update may also
    // find the order completed, and then aftercare takes it.
    assertThat(types(byTemporal))
        .containsSubsequence(
            EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED,
            EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
            EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    assertThat(reply.join().verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
    assertThat(Stream.concat(types(byCustomer).stream(), aftercareTypes(byCustomer)))
        .containsOnlyOnce(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED);
    assertThat(books.statuses(both).values())
        .isSubsetOf(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    assertThat(books.outside().effects(byTemporal.id()))
        .extracting(Outside.Effect::object)
        .containsExactly("charge", "refund");
    books.mustAgree(both);
  }

  @Test
  void temporalsCancelOfAnOrderOnHoldVoidsIt() {
    Basket held = Basket.dear("cancelled-held");
    counter.place(List.of(held));
    books.awaitStatus(List.of(held), OrderStatus.ON_HOLD);

    counter.cancelInTemporal(held).join();
    counter.awaitClosed(List.of(held));

    assertThat(books.status(held)).isEqualTo(OrderStatus.CANCELLED);
    assertThat(machine.orders().show(held.id()).status()).isEqualTo(OrderStatus.CANCELLED);
    books.mustAgree(List.of(held));
  }

  private void awaitActivity(Basket basket, String type) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                history(basket).stream()
                    .filter(e -> e.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                    .map(e -> e.getActivityTaskScheduledEventAttributes().getActivityType())
                    .anyMatch(found -> found.getName().equals(type)));
  }

  private void awaitView(Basket basket, OrderStatus status) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              var view = machine.orders().show(basket.id());
              return view.status() == status
                  && (status != OrderStatus.ON_HOLD || view.review().isPresent());
            });
  }

  private List<HistoryEvent> history(Basket basket) {
    return machine.temporal().fetchHistory(basket.id().value()).getEvents();
  }

  private List<EventType> types(Basket basket) {
    return history(basket).stream().map(HistoryEvent::getEventType).toList();
  }

  private Stream<EventType> aftercareTypes(Basket basket) {
    try {
      return machine.temporal().fetchHistory(basket.id().aftercare()).getEvents().stream()
          .map(HistoryEvent::getEventType);
    } catch (StatusRuntimeException never) {
      assertThat(never.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      return Stream.empty();
    }
  }

  /** As the Web UI's "reset": a new run begins where the first task was completed. */
  private void resetToItsFirstTask(Basket basket) {
    long firstTask =
        history(basket).stream()
            .filter(e -> e.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
            .findFirst()
            .orElseThrow()
            .getEventId();
    machine
        .temporal()
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .resetWorkflowExecution(
            ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace(machine.temporal().getOptions().getNamespace())
                .setWorkflowExecution(
                    WorkflowExecution.newBuilder().setWorkflowId(basket.id().value()))
                .setReason("looked at it")
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowTaskFinishEventId(firstTask)
                .build());
  }
}
