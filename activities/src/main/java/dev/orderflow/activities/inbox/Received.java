package dev.orderflow.activities.inbox;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.Optional;

/**
 * An event in the inbox.
 *
 * @param id ours, in the order of storing
 * @param receivedAt by the database's clock
 * @param tries to deliver it since it is in this state; one that is at work counts
 * @param dueAt when it is tried next; empty when no more by itself
 * @param orderId whom it was delivered to
 * @param reason why the last try did not deliver it
 * @param closed who closed it, and why
 */
public record Received(
    long id,
    Hint hint,
    Instant receivedAt,
    InboxState state,
    int tries,
    Optional<Instant> dueAt,
    Optional<OrderId> orderId,
    Optional<Reason> reason,
    Optional<Closed> closed) {}
