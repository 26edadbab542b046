package dev.orderflow.client;

import com.google.protobuf.util.Timestamps;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Temporal service, asked with a deadline and answering in our own exceptions. */
final class Service implements AutoCloseable {

  private static final Pattern HOST_AND_PORT = Pattern.compile("([^:/]+):([0-9]{1,5})");

  /** A worker's poll returns within a minute; one not seen for longer has gone. */
  private static final Duration POLL = Duration.ofSeconds(65);

  /** After so long without an answer it is time to see whether there is anyone to give one. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(3);

  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(100);

  private final WorkflowClient client;
  private final String taskQueue;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Service::daemon);

  private volatile boolean contacted;

  Service(WorkflowClient client, String taskQueue) {
    this.client = client;
    this.taskQueue = taskQueue;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "orderflow-client");
    thread.setDaemon(true);
    return thread;
  }

  WorkflowClient client() {
    return client;
  }

  String taskQueue() {
    return taskQueue;
  }

  WorkflowStub stub(String workflowId) {
    return client.newUntypedWorkflowStub(workflowId);
  }

  WorkflowStub stub(WorkflowExecution run) {
    return client.newUntypedWorkflowStub(
        WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build(), Optional.empty());
  }

  /** The newest run of a workflow; empty where there is none, or none is kept any more. */
  Optional<WorkflowExecutionDescription> describe(String workflowId) {
    try {
      return Optional.of(call(() -> stub(workflowId).describe()));
    } catch (WorkflowNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Asks something that the service itself answers. What it puts off, because the workflow's task
   * was dropped under the question, is asked again until the thread is interrupted.
   */
  <T> T call(Callable<T> question) {
    if (!contacted) {
      requireListening();
      contacted = true;
    }
    while (true) {
      try {
        return question.call();
      } catch (RuntimeException e) {
        if (!ServiceErrors.isPutOff(e)) {
          throw ServiceErrors.translated(this, e);
        }
        pause();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(BEFORE_ASKING_AGAIN.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  /** Asks in a thread of its own. */
  <T> Future<T> ask(Callable<T> question) {
    return threads.submit(() -> call(question));
  }

  /** What a thread of {@link #ask} found. */
  static <T> T answer(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(future);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /**
   * Asks something that a worker has to answer.
   *
   * @param what is asked, for the message
   * @throws DeadlineException when it did not answer in time
   * @throws NoWorkerException when it did not, because there is none
   */
  <T> T within(Duration deadline, String what, Callable<T> question) {
    Future<T> future = ask(question);
    Duration first = deadline.compareTo(SUSPICIOUS) < 0 ? deadline : SUSPICIOUS;
    Optional<T> answer = answerWithin(first, future);
    if (answer.isEmpty() && hasWorker()) {
      answer = answerWithin(deadline.minus(first), future);
    }
    return answer.orElseThrow(
        () -> {
          future.cancel(true);
          return unanswered(what, deadline);
        });
  }

  private static <T> Optional<T> answerWithin(Duration time, Future<T> future) {
    try {
      return Optional.of(future.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      throw interrupted(future);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  OrderflowException unanswered(String what, Duration deadline) {
    return hasWorker() ? new DeadlineException(what, deadline) : new NoWorkerException(taskQueue);
  }

  private static CancellationException interrupted(Future<?> future) {
    future.cancel(true);
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted");
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    return e.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(e.getCause());
  }

  /** Whether a worker has asked for orders' tasks lately; yes where that can't be known. */
  private boolean hasWorker() {
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

  /** Finds out at once, and not by the SDK's patient attempts, that nothing listens there. */
  private void requireListening() {
    String target = client.getWorkflowServiceStubs().getOptions().getTarget();
    Matcher address = HOST_AND_PORT.matcher(target == null ? "" : target);
    if (!address.matches()) {
      return; // a name for gRPC to resolve
    }
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2))), 2_000);
    } catch (ConnectException refused) {
      throw ServiceErrors.silent(this, refused);
    } catch (IOException unclear) {
      // A proxy may be between; the call itself will tell.
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
