package dev.orderflow.worker.check;

import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.payload.Payloads;
import dev.orderflow.workflows.settlement.ReconcileDayWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleRange;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/** The schedule by which yesterday is reconciled. */
public final class ReconcileSchedule {

  /** Days that were missed while Temporal was down are made up for. */
  private static final Duration CATCH_UP = Duration.ofDays(7);

  private final TemporalConnection temporal;
  private final String taskQueue;
  private final LocalTime time;

  /**
   * @param config with {@code settlement.daily-at}
   */
  public ReconcileSchedule(TemporalConnection temporal, WorkerConfig config) {
    this.temporal = temporal;
    this.taskQueue = config.temporal().taskQueue();
    this.time = config.settlement().time().orElseThrow();
  }

  /** Creates it, or changes the one that is there, and says so. */
  public String carryOut() {
    // The scheduled workflow has no arguments: nothing of it is encoded.
    WorkflowClient client = temporal.client(Payloads.plain(), "orderflow-setup");
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .build());
    String id = ReconcileDayWorkflow.SCHEDULE_ID;
    try {
      schedules.createSchedule(id, schedule(), ScheduleOptions.newBuilder().build());
      return "'" + id + "' reconciles yesterday at " + time + " UTC";
    } catch (ScheduleAlreadyRunningException e) {
      schedules.getHandle(id).update(known -> new ScheduleUpdate(schedule()));
      return "'" + id + "' was there; reconciles yesterday at " + time + " UTC";
    }
  }

  private Schedule schedule() {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(ReconcileDayWorkflow.TYPE)
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(ReconcileDayWorkflow.SCHEDULE_ID)
                        .setTaskQueue(taskQueue)
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCalendars(
                    List.of(
                        ScheduleCalendarSpec.newBuilder()
                            .setHour(List.of(new ScheduleRange(time.getHour())))
                            .setMinutes(List.of(new ScheduleRange(time.getMinute())))
                            .setSeconds(List.of(new ScheduleRange(0)))
                            .build()))
                .setTimeZoneName("UTC")
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_BUFFER_ALL)
                .setCatchupWindow(CATCH_UP)
                .build())
        .build();
  }
}
