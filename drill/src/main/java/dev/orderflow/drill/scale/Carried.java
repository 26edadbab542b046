package dev.orderflow.drill.scale;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.order.OrderId;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * How an order was carried out, by its history.
 *
 * @param worker who took its first task
 * @param waitedMillis until a worker took it
 * @param workedMillis from then until that task was done
 */
record Carried(String worker, long waitedMillis, long workedMillis) {

  static Carried of(Machine machine, OrderId order) {
    List<HistoryEvent> events = machine.temporal().fetchHistory(order.value()).getEvents();
    HistoryEvent taken = first(events, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED);
    HistoryEvent done = first(events, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    return new Carried(
        taken.getWorkflowTaskStartedEventAttributes().getIdentity(),
        between(events.get(0).getEventTime(), taken.getEventTime()),
        between(taken.getEventTime(), done.getEventTime()));
  }

  private static HistoryEvent first(List<HistoryEvent> events, EventType type) {
    return events.stream()
        .filter(event -> event.getEventType() == type)
        .findFirst()
        .orElse(events.get(events.size() - 1));
  }

  private static long between(Timestamp from, Timestamp to) {
    return Timestamps.toMillis(to) - Timestamps.toMillis(from);
  }

  /** How many of them each worker carried out, the one with the most first. */
  static List<Long> shares(List<Carried> orders) {
    Map<String, Long> byWorker =
        orders.stream().collect(Collectors.groupingBy(Carried::worker, Collectors.counting()));
    return byWorker.values().stream().sorted((a, b) -> Long.compare(b, a)).toList();
  }

  /** The median. */
  static long median(List<Carried> orders, ToLongFunction<Carried> of) {
    return orders.isEmpty()
        ? 0
        : orders.stream().mapToLong(of).sorted().skip(orders.size() / 2).findFirst().orElse(0);
  }
}
