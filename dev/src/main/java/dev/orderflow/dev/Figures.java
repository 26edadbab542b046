package dev.orderflow.dev;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;

/**
 * What a history cost, counted from its events.
 *
 * @param events in the history
 * @param workflowTasks completed
 * @param actions Temporal Cloud's billing unit, estimated: the start; each scheduled activity and
 *     each further attempt of it; all local activities of one workflow task together; each timer,
 *     signal, accepted update and upsert of search attributes
 * @param attempts of regular activities: zero where every step was settled within the workflow task
 */
public record Figures(int events, int workflowTasks, int actions, int attempts) {

  public static final Figures NONE = new Figures(0, 0, 0, 0);

  private static final String LOCAL_ACTIVITY = "LocalActivity";

  public static Figures of(List<HistoryEvent> history) {
    int attempts = attempts(history);
    int single =
        count(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
            + count(history, EventType.EVENT_TYPE_TIMER_STARTED)
            + count(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
            + count(history, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
            + count(history, EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES);
    return new Figures(
        history.size(),
        count(history, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED),
        single + attempts + tasksWithLocalActivities(history),
        attempts);
  }

  public Figures plus(Figures other) {
    return new Figures(
        events + other.events,
        workflowTasks + other.workflowTasks,
        actions + other.actions,
        attempts + other.attempts);
  }

  private static int count(List<HistoryEvent> history, EventType type) {
    return (int) history.stream().filter(event -> event.getEventType() == type).count();
  }

  /**
   * The start of an activity is written when it is settled, with the number of the last attempt.
   */
  private static int attempts(List<HistoryEvent> history) {
    int scheduled = count(history, EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED);
    int further =
        history.stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED)
            .mapToInt(event -> event.getActivityTaskStartedEventAttributes().getAttempt() - 1)
            .sum();
    return scheduled + further;
  }

  private static int tasksWithLocalActivities(List<HistoryEvent> history) {
    return (int)
        history.stream()
            .filter(event -> event.getEventType() == EventType.EVENT_TYPE_MARKER_RECORDED)
            .map(HistoryEvent::getMarkerRecordedEventAttributes)
            .filter(marker -> marker.getMarkerName().equals(LOCAL_ACTIVITY))
            .mapToLong(marker -> marker.getWorkflowTaskCompletedEventId())
            .distinct()
            .count();
  }
}
