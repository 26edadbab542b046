package dev.orderflow.workflows.probe;

import dev.orderflow.workflows.saga.Reason;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;

/** Pay, take back, write down. */
public final class ProbeRunWorkflowImpl implements ProbeRunWorkflow {

  /** A worker that died is replaced within so long. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(15);

  /** What outlasts an outage of our own: a run that shows nothing is forgotten after that. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** What is not refunded by then has shown a failure, though it is still tried. */
  private static final Duration TAKEN_BACK_WITHIN = Duration.ofMinutes(1);

  private static final Reason LATE =
      new Reason("NOT_TAKEN_BACK", "It was paid, and not refunded within a minute.");

  private static final Reason CANCELLED = new Reason("CANCELLED", "The probe was cancelled.");

  private final ProbeActivities ledger =
      Workflow.newLocalActivityStub(
          ProbeActivities.class,
          LocalActivityOptions.newBuilder().setScheduleToCloseTimeout(PATIENCE).build());

  /** Whoever is told to stop is waited for: what it places after that would stay paid. */
  private final ProbeActivities orders =
      Workflow.newActivityStub(
          ProbeActivities.class,
          ActivityOptions.newBuilder()
              .setScheduleToCloseTimeout(PATIENCE)
              .setStartToCloseTimeout(LONGEST_ATTEMPT)
              .setHeartbeatTimeout(SIGN_OF_LIFE)
              .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofSeconds(1))
                      .setMaximumInterval(Duration.ofMinutes(1))
                      .build())
              .build());

  @Override
  public void run(ProbeRun run) {
    ledger.begin(run);
    Optional<Reason> failure = failureOf(() -> orders.pay(run));
    // Whatever it was that failed, also where the run is cancelled: nothing is to be left paid.
    Workflow.newDetachedCancellationScope(() -> end(run, failure)).run();
  }

  /** The failure is known before all is taken back, which may take as long as an outage. */
  private void end(ProbeRun run, Optional<Reason> failure) {
    failure.ifPresent(why -> ledger.failed(run, why));
    Promise<Void> takenBack = Async.procedure(orders::takeBack, run);
    boolean isLate =
        failure.isEmpty() && !Workflow.await(TAKEN_BACK_WITHIN, takenBack::isCompleted);
    if (isLate) {
      ledger.failed(run, LATE);
    }
    Optional<Reason> kept = failureOf(takenBack::get);
    if (failure.isPresent() || isLate) {
      return;
    }
    kept.ifPresentOrElse(why -> ledger.failed(run, why), () -> ledger.succeeded(run));
  }

  private static Optional<Reason> failureOf(Runnable attempt) {
    try {
      attempt.run();
      return Optional.empty();
    } catch (ActivityFailure e) {
      return Optional.of(why(e));
    } catch (CanceledFailure e) {
      return Optional.of(CANCELLED);
    }
  }

  private static Reason why(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      return CANCELLED;
    }
    return failure.getCause() instanceof ApplicationFailure told
            && told.getType().equals(ProbeActivities.FAILED)
        ? told.getDetails().get(Reason.class)
        : new Reason("NO_RESULT", "Whoever tried did not come to an end.");
  }
}
