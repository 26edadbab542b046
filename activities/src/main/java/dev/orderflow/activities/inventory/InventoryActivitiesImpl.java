package dev.orderflow.activities.inventory;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Stock in our own tables. Each method is idempotent: its row and its effect are one commit. */
public final class InventoryActivitiesImpl implements InventoryActivities {

  private static final Reason LOST =
      new Reason("RESERVATION_LOST", "the stock was not reserved any more");

  private final InventoryConfig config;
  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final Reservations reservations;

  @Inject
  InventoryActivitiesImpl(
      InventoryConfig config,
      Transactions transactions,
      Ledger ledger,
      Orders orders,
      Reservations reservations) {
    this.config = config;
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.reservations = reservations;
  }

  @Override
  public Outcome reserve(Reservation reservation) {
    return ledger.once(reservation.key(), reservation, tx -> reserve(tx, reservation));
  }

  private Outcome reserve(Handle tx, Reservation reservation) {
    OrderId order = reservation.key().order();
    // A further generation of an order is paid, and has reservations that were given back.
    Optional<Reservations.Shortage> shortage =
        reservation.key().n() > 1
            ? reservations.reserveAgain(tx, order, reservation.lines(), config.reserveFor())
            : reservations.reserve(tx, order, reservation.lines(), config.reserveFor());
    return shortage
        .map(missing -> Outcome.declined(outOfStock(missing)))
        .orElseGet(Outcome::succeeded);
  }

  private static Reason outOfStock(Reservations.Shortage shortage) {
    return new Reason(
        "OUT_OF_STOCK",
        "%d of %s are wanted, %d available"
            .formatted(shortage.wanted(), shortage.article(), shortage.available()));
  }

  @Override
  public Outcome release(Return request) {
    return ledger.once(
        request.key(),
        request,
        tx -> {
          reservations.release(tx, request.key().order());
          return Outcome.succeeded();
        });
  }

  @Override
  public Outcome commit(StepKey key) {
    return transactions.in(
        tx -> {
          // First the order, then the operation: as whoever takes the order back locks them.
          StoredOrder order = orders.lock(tx, key.order());
          return ledger.once(
              tx,
              key,
              key,
              same -> order.objection().map(Outcome::declined).orElseGet(() -> commit(same, key)));
        });
  }

  private Outcome commit(Handle tx, StepKey key) {
    if (!reservations.commitAll(tx, key.order())) {
      return Outcome.declined(LOST);
    }
    orders.complete(tx, key.order());
    return Outcome.succeeded();
  }

  @Override
  public Outcome restock(Return request) {
    return ledger.once(
        request.key(),
        request,
        tx -> {
          reservations.restock(tx, request.key().order());
          return Outcome.succeeded();
        });
  }
}
