package dev.orderflow.workflows.order;

import static org.awaitility.Awaitility.await;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A bug in what is done beside the story is not lost: it pauses the order. */
class FollowUpsTest {

  private static final String TASK_QUEUE = "follow-ups";

  /** Waits for two follow-ups; one takes an hour, the other fails as no activity does. */
  @WorkflowInterface
  public interface Buggy {
    @WorkflowMethod
    void run();
  }

  public static final class BuggyImpl implements Buggy {
    @Override
    public void run() {
      OrderId orderId = OrderId.ofKey("buggy");
      FollowUps followUps = new FollowUps(new OrderState(orderId, Optional.empty()));
      Promise<Outcome> inAnHour =
          Workflow.newTimer(Duration.ofHours(1)).thenApply(over -> Outcome.succeeded());
      Promise<Outcome> buggy =
          Async.function(
              () -> {
                throw new IllegalStateException("a bug");
              });
      followUps.add(StepKey.of(orderId, Step.GRANT), inAnHour);
      followUps.add(StepKey.of(orderId, Step.CONFIRM), buggy);
      followUps.await(followUps::areSettled);
    }
  }

  @Test
  void itFailsTheTaskAndNotTheWorkflow() {
    try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
      temporal.newWorker(TASK_QUEUE).registerWorkflowImplementationTypes(BuggyImpl.class);
      temporal.start();
      WorkflowStub workflow =
          temporal
              .getWorkflowClient()
              .newUntypedWorkflowStub(
                  "Buggy", WorkflowOptions.newBuilder().setTaskQueue(TASK_QUEUE).build());
      String id = workflow.start().getWorkflowId();

      await().until(() -> failures(temporal, id).anyMatch(said -> said.contains("a bug")));
    }
  }

  private static Stream<String> failures(TestWorkflowEnvironment temporal, String workflow) {
    return temporal.getWorkflowClient().fetchHistory(workflow).getEvents().stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)
        .map(HistoryEvent::getWorkflowTaskFailedEventAttributes)
        .map(failed -> failed.getFailure().toString());
  }
}
