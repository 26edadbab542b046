package dev.orderflow.client;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is asked of the Temporal service itself, beside any workflow. */
final class Frontend {

  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:/]+):([0-9]{1,5})");

  /** A worker's poll returns within a minute; one not seen for longer has gone. */
  private static final Duration POLL = Duration.ofSeconds(65);

  private final WorkflowClient client;

  Frontend(WorkflowClient client) {
    this.client = client;
  }

  /** Whether a worker has asked for orders' tasks lately; yes where that can't be known. */
  boolean hasWorker(String taskQueue) {
    DescribeTaskQueueRequest request =
        DescribeTaskQueueRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
            .build();
    long oldest = System.currentTimeMillis() - POLL.toMillis();
    try {
      return client
          .getWorkflowServiceStubs()
          .blockingStub()
          .withDeadlineAfter(2, TimeUnit.SECONDS)
          .describeTaskQueue(request)
          .getPollersList()
          .stream()
          .anyMatch(poller -> Timestamps.toMillis(poller.getLastAccessTime()) > oldest);
    } catch (StatusRuntimeException e) {
      return true;
    }
  }

  /** Deletes a run that was begun for an order that does not exist, as far as we may. */
  void forget(WorkflowExecution run) {
    try {
      client
          .getWorkflowServiceStubs()
          .blockingStub()
          .withDeadlineAfter(2, TimeUnit.SECONDS)
          .deleteWorkflowExecution(
              DeleteWorkflowExecutionRequest.newBuilder()
                  .setNamespace(client.getOptions().getNamespace())
                  .setWorkflowExecution(run)
                  .build());
    } catch (StatusRuntimeException keptThen) {
      // It is only in the way of lists, and goes when its retention ends.
    }
  }

  /**
   * Finds out at once, and not by the SDK's patient attempts, that nothing listens there.
   *
   * @throws ConnectException when the connection is refused
   */
  void requireListening() throws ConnectException {
    String target = client.getWorkflowServiceStubs().getOptions().getTarget();
    Matcher address = HOST_AND_PORT.matcher(target == null ? "" : target);
    if (!address.matches()) {
      return; // a name for gRPC to resolve
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))), 2_000);
    } catch (ConnectException refused) {
      throw refused;
    } catch (IOException unclear) {
      // A proxy may be between; the call itself will tell.
    }
  }
}
