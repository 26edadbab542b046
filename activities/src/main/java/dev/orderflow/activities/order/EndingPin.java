package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Begins no payment of an order that is being taken back, or goes on with money that came late. The
 * keys that were free then are fenced, but a copy of a dropped task could still get to the ones
 * after them.
 */
final class EndingPin implements Pin {

  private final Orders orders;

  @Inject
  EndingPin(Orders orders) {
    this.orders = orders;
  }

  @Override
  public Optional<Reason> pin(Handle tx, OrderId order) {
    return orders.isBeyondPayment(tx, order)
        ? Optional.of(new Reason(Reason.FENCED, "the order is being taken back, or is paid"))
        : Optional.empty();
  }
}
