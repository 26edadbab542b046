package dev.orderflow.workflows.settlement;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Yesterday is the day before the one that the schedule meant, however late this runs. */
public final class ReconcileDayWorkflowImpl implements ReconcileDayWorkflow {

  private static final SearchAttributeKey<OffsetDateTime> MEANT =
      SearchAttributeKey.forOffsetDateTime("TemporalScheduledStartTime");

  private final ReconcileActivities activities =
      Workflow.newLocalActivityStub(
          ReconcileActivities.class,
          LocalActivityOptions.newBuilder()
              .setScheduleToCloseTimeout(Duration.ofSeconds(30))
              .build());

  @Override
  public void reconcile() {
    LocalDate yesterday = today().minusDays(1);
    activities.channels().forEach(channel -> begin(ReconcileRequest.of(channel, yesterday)));
  }

  private static LocalDate today() {
    OffsetDateTime meant = Workflow.getTypedSearchAttributes().get(MEANT);
    Instant moment =
        meant == null ? Instant.ofEpochMilli(Workflow.currentTimeMillis()) : meant.toInstant();
    return LocalDate.ofInstant(moment, ZoneOffset.UTC);
  }

  private static void begin(ReconcileRequest request) {
    ReconcileWorkflow child =
        Workflow.newChildWorkflowStub(
            ReconcileWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(request.workflowId())
                .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                .build());
    Async.function(child::reconcile, request);
    try {
      Workflow.getWorkflowExecution(child).get();
    } catch (ChildWorkflowFailure e) {
      Workflow.getLogger(ReconcileDayWorkflowImpl.class)
          .info("{} was begun by someone else", request.workflowId());
    }
  }
}
