package dev.orderflow.client;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.net.ConnectException;
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

/** The Temporal service, asked with a deadline and answering in our own exceptions. */
final class Service implements AutoCloseable {

  /** After so long without an answer it is time to see whether there is anyone to give one. */
  private static final Duration SUSPICIOUS = Duration.ofSeconds(3);

  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofMillis(100);

  private final WorkflowClient client;
  private final Frontend frontend;
  private final String taskQueue;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Service::daemon);

  private volatile boolean contacted;

  Service(WorkflowClient client, String taskQueue) {
    this.client = client;
    this.frontend = new Frontend(client);
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
    if (answer.isEmpty() && frontend.hasWorker(taskQueue)) {
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
      if (ServiceErrors.isCutOff(e)) {
        return Optional.empty();
      }
      throw unwrapped(e);
    }
  }

  OrderflowException unanswered(String what, Duration deadline) {
    return frontend.hasWorker(taskQueue)
        ? new DeadlineException(what, deadline)
        : new NoWorkerException(taskQueue);
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

  /** Deletes a run that was begun for an order that does not exist, as far as we may. */
  void forget(WorkflowExecution run) {
    frontend.forget(run);
  }

  private void requireListening() {
    try {
      frontend.requireListening();
    } catch (ConnectException refused) {
      throw ServiceErrors.silent(this, refused);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
