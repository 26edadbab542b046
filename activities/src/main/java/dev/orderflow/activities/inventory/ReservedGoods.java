package dev.orderflow.activities.inventory;

import dev.orderflow.activities.order.Handover;
import dev.orderflow.workflows.order.OrderId;
import jakarta.inject.Inject;
import org.jdbi.v3.core.Handle;

/** Takes out what is still reserved for an order whose goods left by other means. */
final class ReservedGoods implements Handover {

  private final Reservations reservations;

  @Inject
  ReservedGoods(Reservations reservations) {
    this.reservations = reservations;
  }

  @Override
  public void handedOver(Handle tx, OrderId order) {
    reservations.commit(tx, order);
  }
}
