package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.inbox.Closed;
import dev.orderflow.activities.inbox.Hint;
import dev.orderflow.activities.inbox.InboxState;
import dev.orderflow.activities.inbox.Received;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.Optional;

/** One event of a payment provider, as it is printed for programs. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record InboxRow(
    String channel,
    String event,
    String type,
    Optional<String> reference,
    Optional<String> merchantReference,
    Instant happenedAt,
    Instant receivedAt,
    InboxState state,
    int tries,
    Optional<Instant> dueAt,
    Optional<OrderId> orderId,
    Optional<Reason> reason,
    Optional<Closed> closed) {

  static InboxRow of(Received event) {
    Hint hint = event.hint();
    return new InboxRow(
        hint.channel(),
        hint.eventId(),
        hint.type(),
        hint.reference(),
        hint.merchantReference(),
        hint.happenedAt(),
        event.receivedAt(),
        event.state(),
        event.tries(),
        event.dueAt(),
        event.orderId(),
        event.reason(),
        event.closed());
  }
}
