package dev.orderflow.activities.notification;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.util.Optional;

/** Reads what a message tells of an order from the ledger. */
final class OrderSummaries {
  private final Transactions transactions;
  private final Orders orders;
  private final Ledger ledger;

  @Inject
  OrderSummaries(Transactions transactions, Orders orders, Ledger ledger) {
    this.transactions = transactions;
    this.orders = orders;
    this.ledger = ledger;
  }

  /** The order that the message under {@code key} is about. */
  OrderSummary of(StepKey key) {
    StoredOrder order = transactions.read(tx -> orders.get(tx, key.order()));
    OrderPlan plan =
        order
            .plan()
            .orElseThrow(
                () ->
                    StepFailure.never(
                        key, new Reason("NOT_ACCEPTED", "The order was never accepted.")));
    return new OrderSummary(
        order.id(),
        order.document().recipient(),
        plan.lines(),
        plan.total(),
        plan.reward().flatMap(campaign -> granted(order.id())));
  }

  private Optional<String> granted(OrderId order) {
    return ledger.effects(order).stream()
        .filter(effect -> effect.key().step() == Step.GRANT)
        .filter(effect -> effect.state() == Operation.State.SUCCEEDED)
        .flatMap(effect -> effect.reference().stream())
        .findFirst();
  }
}
