package dev.orderflow.workflows.probe;

import dev.orderflow.workflows.saga.Reason;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Pay, take back, write down; channel beside channel, so that none waits for another. */
public final class ProbeWorkflowImpl implements ProbeWorkflow {

  private static final SearchAttributeKey<OffsetDateTime> MEANT =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  /** A worker that died is replaced within so long. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);

  private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(15);

  /** What outlasts an outage of our own: a run that shows nothing is forgotten after that. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final ProbeActivities ledger =
      Workflow.newLocalActivityStub(
          ProbeActivities.class,
          LocalActivityOptions.newBuilder().setScheduleToCloseTimeout(PATIENCE).build());

  private final ProbeActivities orders =
      Workflow.newActivityStub(
          ProbeActivities.class,
          ActivityOptions.newBuilder()
              .setScheduleToCloseTimeout(PATIENCE)
              .setStartToCloseTimeout(LONGEST_ATTEMPT)
              .setHeartbeatTimeout(SIGN_OF_LIFE)
              .setRetryOptions(
                  RetryOptions.newBuilder()
                      .setInitialInterval(Duration.ofSeconds(1))
                      .setMaximumInterval(Duration.ofMinutes(1))
                      .build())
              .build());

  @Override
  public void probe() {
    Instant meantAt = meantAt();
    List<Promise<Void>> runs =
        ledger.channels().stream()
            .map(channel -> Async.procedure(this::run, new ProbeRun(channel, meantAt)))
            .toList();
    Promise.allOf(runs).get();
  }

  private static Instant meantAt() {
    OffsetDateTime meant = Workflow.getTypedSearchAttributes().get(MEANT);
    return meant == null ? Instant.ofEpochMilli(Workflow.currentTimeMillis()) : meant.toInstant();
  }

  private void run(ProbeRun run) {
    ledger.begin(run);
    try {
      orders.pay(run);
    } catch (ActivityFailure e) {
      Reason reason = why(e);
      // Whatever it was that failed: nothing is to be left paid.
      takenBack(run);
      ledger.failed(run, reason);
      return;
    }
    if (takenBack(run)) {
      ledger.succeeded(run);
    }
  }

  /** Where it was not, that is the run's result. */
  private boolean takenBack(ProbeRun run) {
    try {
      orders.takeBack(run);
      return true;
    } catch (ActivityFailure e) {
      ledger.failed(run, why(e));
      return false;
    }
  }

  private static Reason why(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure cancelled) {
      throw cancelled;
    }
    return failure.getCause() instanceof ApplicationFailure told
            && told.getType().equals(ProbeActivities.FAILED)
        ? told.getDetails().get(Reason.class)
        : new Reason("NO_RESULT", "Whoever tried did not come to an end.");
  }
}
