package dev.orderflow.worker.check;

import dev.orderflow.workflows.payload.Payloads;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;

/** The schedules that Temporal keeps for us. */
final class Schedules {

  private Schedules() {}

  /** Creates it, or changes the one that is there; the beginning of a sentence says which. */
  static String put(TemporalConnection temporal, String id, Schedule schedule) {
    // The scheduled workflows have no arguments: nothing of them is encoded.
    WorkflowClient client = temporal.client(Payloads.plain(), "orderflow-setup");
    ScheduleClient schedules =
        ScheduleClient.newInstance(
            client.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .build());
    try {
      schedules.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
      return "'" + id + "' ";
    } catch (ScheduleAlreadyRunningException e) {
      schedules.getHandle(id).update(known -> new ScheduleUpdate(schedule));
      return "'" + id + "' was there; ";
    }
  }

  /** Starts a workflow without arguments. */
  static ScheduleActionStartWorkflow action(String type, String id, String taskQueue) {
    return ScheduleActionStartWorkflow.newBuilder()
        .setWorkflowType(type)
        .setOptions(WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(taskQueue).build())
        .build();
  }
}
