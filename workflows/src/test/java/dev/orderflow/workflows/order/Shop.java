package dev.orderflow.workflows.order;

import dev.orderflow.workflows.fakes.FakeLedger;
import dev.orderflow.workflows.fakes.FakeRooms;
import dev.orderflow.workflows.payload.Payloads;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Temporal in memory with skipping time, a worker with the real workflows and the fake rooms: one
 * for all tests. After each test every history it made is replayed: the code must still say the
 * same.
 */
final class Shop implements BeforeEachCallback, AfterEachCallback {

  /** One for the whole run, closed at its end. */
  private static final class Premises implements AutoCloseable {
    private final FakeLedger ledger = new FakeLedger();
    private final TestWorkflowEnvironment temporal =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Payloads.plain()).build())
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

    Premises() {
      worker.registerWorkflowImplementationTypes(
          OrderWorkflowImpl.class, AftercareWorkflowImpl.class);
      worker.registerActivitiesImplementations(new FakeRooms(ledger));
      temporal.start();
    }

    @Override
    public void close() {
      temporal.close();
    }
  }

  private final Set<String> workflows = new LinkedHashSet<>();
  private Premises premises;

  @Override
  public void beforeEach(ExtensionContext context) {
    premises =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Shop.class))
            .getOrComputeIfAbsent(Premises.class, type -> new Premises(), Premises.class);
    workflows.clear();
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (String workflow : workflows) {
      replay(client().fetchHistory(workflow));
    }
  }

  /** Runs the workflow's code against a history; fails where it would do something else. */
  void replay(WorkflowExecutionHistory history) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(history, premises.worker);
  }

  /** An order that is not placed yet. */
  TestOrder order(Basket basket) {
    ledger().willPlan(basket.orderId(), basket.plan());
    return new TestOrder(this, basket);
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
