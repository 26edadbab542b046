package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Instant;
import java.util.Optional;

/**
 * An order as the ledger keeps it.
 *
 * @param status as it is shown; an order that is being undone may also be {@code IN_REVIEW}
 * @param reason why it is taken back, or ended; absent until then
 * @param plan absent only where the order was rejected at once
 * @param document as it was placed; holds the recipient and the payment token, so it belongs in no
 *     log
 * @param ending how it ends, once that is decided
 * @param endedAt when everything was undone
 * @param disputedAt since when its goods are held back, because a payment of it is disputed
 * @param revival absent while the order is in its first generation
 */
public record StoredOrder(
    OrderId id,
    String fingerprint,
    OrderStatus status,
    Optional<Reason> reason,
    Optional<OrderPlan> plan,
    OrderDocument document,
    Optional<OrderStatus> ending,
    Instant placedAt,
    Optional<Instant> completedAt,
    Optional<Instant> endedAt,
    Optional<Instant> disputedAt,
    Optional<Revival> revival)
    implements Known {

  /** Why the goods are not handed over; absent where nothing stands against it. */
  public Optional<Reason> objection() {
    return disputedAt.map(
        since ->
            new Reason(
                Reason.DISPUTED, "the customer disputes the payment; the goods are held back"));
  }

  /** The status that says what there is to do: a failed undo in review is still an undo. */
  public OrderStatus standing() {
    if (endedAt.isPresent()) {
      return status;
    }
    if (ending.isPresent()) {
      return OrderStatus.COMPENSATING;
    }
    return completedAt.isPresent() ? OrderStatus.COMPLETED : status;
  }

  /** The late money that the order goes on with, while it does. */
  public Optional<StepKey> standsOn() {
    return ending.isEmpty() ? revival.map(Revival::paidBy) : Optional.empty();
  }

  @Override
  public String toString() {
    return "StoredOrder[" + id + " " + status + "]";
  }
}
