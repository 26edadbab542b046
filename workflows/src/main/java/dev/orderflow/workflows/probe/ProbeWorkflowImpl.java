package dev.orderflow.workflows.probe;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Each run is a workflow of its own, which outlives this one, so that none waits for another. */
public final class ProbeWorkflowImpl implements ProbeWorkflow {

  private static final SearchAttributeKey<OffsetDateTime> MEANT =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ProbeActivities ledger =
      Workflow.newLocalActivityStub(
          ProbeActivities.class,
          LocalActivityOptions.newBuilder().setScheduleToCloseTimeout(PATIENCE).build());

  @Override
  public void probe() {
    Instant meantAt = meantAt();
    ledger.channels().forEach(channel -> begin(new ProbeRun(channel, meantAt)));
  }

  private static Instant meantAt() {
    OffsetDateTime meant = Workflow.getTypedSearchAttributes().get(MEANT);
    return meant == null ? Instant.ofEpochMilli(Workflow.currentTimeMillis()) : meant.toInstant();
  }

  private static void begin(ProbeRun run) {
    ProbeRunWorkflow child =
        Workflow.newChildWorkflowStub(
            ProbeRunWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(ProbeRunWorkflow.idOf(run.channel()))
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .build());
    Async.procedure(child::run, run);
    try {
      Workflow.getWorkflowExecution(child).get();
    } catch (ChildWorkflowFailure stillAtWork) {
      // The next schedule's is soon enough.
    }
  }
}
