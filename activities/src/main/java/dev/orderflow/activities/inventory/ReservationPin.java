package dev.orderflow.activities.inventory;

import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Keeps an order's reservations from lapsing once money is asked for. */
final class ReservationPin implements Pin {

  private final InventoryConfig config;
  private final Reservations reservations;

  @Inject
  ReservationPin(InventoryConfig config, Reservations reservations) {
    this.config = config;
    this.reservations = reservations;
  }

  @Override
  public Optional<Reason> pin(Handle tx, OrderId order) {
    Reservations.Standing standing = reservations.pin(tx, order, config.payMargin());
    if (standing.lost() > 0 || standing.tooLate() > 0) {
      return Optional.of(
          new Reason(
              "RESERVATION_EXPIRED",
              "the time for which the stock was reserved is over; place a new order"));
    }
    return Optional.empty();
  }
}
