package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.ActivityTaskStartedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryFiguresTest {

  @Test
  void allLocalActivitiesOfOneWorkflowTaskAreOneAction() {
    Figures healthy =
        Figures.of(
            List.of(
                event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED),
                event(EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED),
                event(EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED),
                event(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED),
                localActivity(4),
                localActivity(4),
                localActivity(4),
                event(EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES),
                event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED)));
    assertThat(healthy).isEqualTo(new Figures(9, 1, 3, 0));
  }

  @Test
  void aRegularActivityCostsAnActionForEachAttempt() {
    Figures retried =
        Figures.of(
            List.of(
                event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED),
                event(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED),
                activityStarted(4),
                event(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)));
    assertThat(retried).isEqualTo(new Figures(4, 0, 5, 4));
  }

  @Test
  void anActivityStillUnderWayCostsItsFirstAttempt() {
    Figures waiting = Figures.of(List.of(event(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)));
    assertThat(waiting).isEqualTo(new Figures(1, 0, 1, 1));
  }

  @Test
  void localActivitiesOfTwoWorkflowTasksAreTwoActions_otherMarkersNone() {
    Figures figures =
        Figures.of(
            List.of(
                localActivity(4),
                localActivity(9),
                event(EventType.EVENT_TYPE_TIMER_STARTED),
                event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED),
                event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED),
                event(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED),
                marker("Version", 9)));
    assertThat(figures.actions()).isEqualTo(5);
  }

  private static HistoryEvent event(EventType type) {
    return HistoryEvent.newBuilder().setEventType(type).build();
  }

  private static HistoryEvent localActivity(long task) {
    return marker("LocalActivity", task);
  }

  private static HistoryEvent marker(String name, long task) {
    return HistoryEvent.newBuilder()
        .setEventType(EventType.EVENT_TYPE_MARKER_RECORDED)
        .setMarkerRecordedEventAttributes(
            MarkerRecordedEventAttributes.newBuilder()
                .setMarkerName(name)
                .setWorkflowTaskCompletedEventId(task))
        .build();
  }

  private static HistoryEvent activityStarted(int attempt) {
    return HistoryEvent.newBuilder()
        .setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
        .setActivityTaskStartedEventAttributes(
            ActivityTaskStartedEventAttributes.newBuilder().setAttempt(attempt))
        .build();
  }
}
