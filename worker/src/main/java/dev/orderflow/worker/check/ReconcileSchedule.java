package dev.orderflow.worker.check;

import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.settlement.ReconcileDayWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleCalendarSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleRange;
import io.temporal.client.schedules.ScheduleSpec;
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
    return Schedules.put(temporal, ReconcileDayWorkflow.SCHEDULE_ID, schedule())
        + "reconciles yesterday at "
        + time
        + " UTC";
  }

  private Schedule schedule() {
    return Schedule.newBuilder()
        .setAction(
            Schedules.action(
                ReconcileDayWorkflow.TYPE, ReconcileDayWorkflow.SCHEDULE_ID, taskQueue))
        .setSpec(
            ScheduleSpec.newBuilder()
                .setCalendars(
                    List.of(
                        ScheduleCalendarSpec.newBuilder()
                            .setHour(List.of(new ScheduleRange(time.getHour())))
                            .setMinutes(List.of(new ScheduleRange(time.getMinute())))
                            .setSeconds(List.of(new ScheduleRange(time.getSecond())))
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
