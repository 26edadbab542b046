package dev.orderflow.worker.check;

import dev.orderflow.activities.probe.ProbeConfig;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.probe.ProbeWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;

/** The schedule by which channels are probed. */
public final class ProbeSchedule {

  /** A probe that was missed says nothing any more. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private final TemporalConnection temporal;
  private final String taskQueue;
  private final ProbeConfig probe;

  /**
   * @param config with {@code [probe]}
   */
  public ProbeSchedule(TemporalConnection temporal, WorkerConfig config) {
    this.temporal = temporal;
    this.taskQueue = config.temporal().taskQueue();
    this.probe = config.probe().orElseThrow();
  }

  /** Creates it, or changes the one that is there, and says so. */
  public String carryOut() {
    return Schedules.put(temporal, ProbeWorkflow.SCHEDULE_ID, schedule())
        + "probes "
        + String.join(", ", probe.channels().stream().map(ProbeConfig.Target::name).toList())
        + " every "
        + probe.every().toSeconds()
        + " s";
  }

  /** It only begins the runs: one that still does so is not joined by another. */
  private Schedule schedule() {
    return Schedule.newBuilder()
        .setAction(Schedules.action(ProbeWorkflow.TYPE, ProbeWorkflow.SCHEDULE_ID, taskQueue))
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(probe.every())))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(CATCH_UP)
                .build())
        .build();
  }
}
