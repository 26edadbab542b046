package dev.orderflow.activities.timeline;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import jakarta.inject.Inject;
import java.util.Optional;

/** The ways of orders, read from the ledger. */
public final class Timelines {

  private final Transactions transactions;
  private final OrderTimes times = new OrderTimes();

  @Inject
  Timelines(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The way of one order so far; empty where the ledger does not have it. */
  public Optional<Timeline> of(OrderId order) {
    return transactions.in(
        tx ->
            times
                .placed(tx, order)
                .map(
                    placed ->
                        Waterfall.of(
                            order, placed, times.effects(tx, order), times.waits(tx, order))));
  }
}
