package dev.orderflow.activities.timeline;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.workflows.order.OrderId;
import jakarta.inject.Inject;
import java.util.Optional;

/** The ways of orders, read from the ledger. */
public final class Timelines {

  private final Transactions transactions;
  private final Orders orders;
  private final OrderTimes times = new OrderTimes();

  @Inject
  Timelines(Transactions transactions, Orders orders) {
    this.transactions = transactions;
    this.orders = orders;
  }

  /**
   * The way of one order so far; empty where the ledger does not have it.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code ORDER_ARCHIVED} where the order is
   *     archived, and its times with it
   */
  public Optional<Timeline> of(OrderId order) {
    return transactions.in(
        tx -> {
          orders.requireHere(tx, order);
          return times
              .placed(tx, order)
              .map(
                  placed ->
                      Waterfall.of(
                          order, placed, times.effects(tx, order), times.waits(tx, order)));
        });
  }
}
