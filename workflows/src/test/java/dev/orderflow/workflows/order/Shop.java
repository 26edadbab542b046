package dev.orderflow.workflows.order;

import dev.orderflow.workflows.fakes.FakeLedger;
import dev.orderflow.workflows.fakes.FakeRooms;
import dev.orderflow.workflows.payload.Payloads;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.update.v1.UpdateRef;
import io.temporal.api.update.v1.WaitPolicy;
import io.temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Temporal in memory with skipping time, a worker with the real workflows and the fake rooms; new
 * for every test, because a dropped workflow task confuses the test server's clock. After each test
 * every history it made is replayed: the code must still say the same.
 */
final class Shop implements BeforeEachCallback, AfterEachCallback {

  /** Closing takes half a second of waiting, which no test needs to see. */
  private static final class Closing implements AutoCloseable {
    private final ExecutorService closers = Executors.newFixedThreadPool(4);

    void later(Premises premises) {
      closers.execute(premises::close);
    }

    @Override
    public void close() throws InterruptedException {
      closers.shutdown();
      closers.awaitTermination(30, TimeUnit.SECONDS);
    }
  }

  private static final class Premises implements AutoCloseable {
    private final FakeLedger ledger = new FakeLedger();
    private final TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setIdentity("test")
                        .setDataConverter(Payloads.plain())
                        .build())
                .registerSearchAttribute(
                    OrderAttributes.STATUS.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    OrderAttributes.CUSTOMER.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .registerSearchAttribute(
                    OrderAttributes.CHANNEL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .build());
    private final Worker worker =
        temporal.newWorker(
            OrderAttributes.TASK_QUEUE,
            // A cold JVM on a busy machine is slow, not deadlocked.
            WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(20_000).build());

    private final ExecutorService clients = Executors.newCachedThreadPool();

    Premises() {
      equip(worker);
      temporal.start();
    }

    private void equip(Worker newWorker) {
      newWorker.registerWorkflowImplementationTypes(
          OrderWorkflowImpl.class, AftercareWorkflowImpl.class, RecallWorkflowImpl.class);
      newWorker.registerActivitiesImplementations(new FakeRooms(ledger));
    }

    @Override
    public void close() {
      clients.shutdownNow();
      temporal.close();
    }
  }

  private final Set<String> workflows = new LinkedHashSet<>();
  private final List<WorkerFactory> lateWorkers = new ArrayList<>();
  private Closing closing;
  private Premises premises;

  @Override
  public void beforeEach(ExtensionContext context) {
    closing =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Shop.class))
            .getOrComputeIfAbsent(Closing.class, type -> new Closing(), Closing.class);
    premises = new Premises();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try {
      if (context.getExecutionException().isEmpty()) {
        for (String workflow : workflows) {
          replay(client().fetchHistory(workflow));
        }
      }
    } finally {
      lateWorkers.forEach(WorkerFactory::shutdownNow);
      closing.later(premises);
    }
  }

  /** Runs the workflow's code against a history; fails where it would do something else. */
  void replay(WorkflowExecutionHistory history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(withoutTermination(history), premises.worker);
  }

  /** The replayer does not know the event, which is nothing that the code did. */
  private static WorkflowExecutionHistory withoutTermination(WorkflowExecutionHistory history) {
    List<HistoryEvent> events =
        history.getEvents().stream()
            .filter(e -> e.getEventType() != EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED)
            .toList();
    return new WorkflowExecutionHistory(
        History.newBuilder().addAllEvents(events).build(),
        history.getWorkflowExecution().getWorkflowId());
  }

  /** An order that is not placed yet. */
  TestOrder order(Basket basket) {
    ledger().willPlan(basket.orderId(), basket.plan());
    return new TestOrder(this, basket);
  }

  /** A worker comes to a task queue that had none, until the test is over. */
  void workerComesTo(String taskQueue) {
    WorkerFactory factory = WorkerFactory.newInstance(client());
    premises.equip(factory.newWorker(taskQueue));
    lateWorkers.add(factory);
    factory.start();
  }

  /** A client of its own, waiting. */
  <R> CompletableFuture<R> call(Supplier<R> request) {
    return CompletableFuture.supplyAsync(request, premises.clients);
  }

  /** Whether the server knows of an update, which nobody may have looked at yet. */
  boolean hasReceived(String workflow, String updateId) {
    var update =
        UpdateRef.newBuilder()
            .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
            .setUpdateId(updateId);
    try {
      premises
          .temporal
          .getWorkflowServiceStubs()
          .blockingStub()
          .withDeadlineAfter(5, TimeUnit.SECONDS)
          .pollWorkflowExecutionUpdate(
              PollWorkflowExecutionUpdateRequest.newBuilder()
                  .setNamespace(premises.temporal.getNamespace())
                  .setUpdateRef(update)
                  .setWaitPolicy(
                      WaitPolicy.newBuilder()
                          .setLifecycleStage(
                              UpdateWorkflowExecutionLifecycleStage
                                  .UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED))
                  .build());
      return true;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() != Status.Code.NOT_FOUND;
    }
  }

  /** To be called by whoever begins a workflow: its history is replayed after the test. */
  void watch(String workflow) {
    workflows.add(workflow);
  }

  FakeLedger ledger() {
    return premises.ledger;
  }

  WorkflowClient client() {
    return premises.temporal.getWorkflowClient();
  }

  TestWorkflowEnvironment temporal() {
    return premises.temporal;
  }
}
