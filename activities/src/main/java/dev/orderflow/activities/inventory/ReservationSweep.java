package dev.orderflow.activities.inventory;

import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;

/** Gives back the stock of orders that were not paid in time. */
final class ReservationSweep implements ExpirySweep {

  private final Transactions transactions;
  private final Reservations reservations;

  @Inject
  ReservationSweep(Transactions transactions, Reservations reservations) {
    this.transactions = transactions;
    this.reservations = reservations;
  }

  @Override
  public String name() {
    return "reservations";
  }

  @Override
  public int sweep() {
    return transactions.in(tx -> reservations.expire(tx, BATCH));
  }
}
