package dev.orderflow.activities.notification;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.activities.payment.Balances;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentBalance;
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
  private final Balances balances;

  @Inject
  OrderSummaries(Transactions transactions, Orders orders, Ledger ledger, Balances balances) {
    this.transactions = transactions;
    this.orders = orders;
    this.ledger = ledger;
    this.balances = balances;
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
    OrderSummary summary =
        new OrderSummary(
            order.id(),
            order.document().recipient(),
            plan.lines(),
            plan.total(),
            plan.reward().flatMap(campaign -> granted(order.id())),
            Optional.empty());
    return switch (key.step()) {
      case REFUND_NOTICE ->
          summary.about(
              refund(key)
                  .orElseThrow(
                      () ->
                          StepFailure.never(
                              key,
                              new Reason(
                                  "NO_SUCH_REFUND", "There is no refund " + key.n() + "."))));
      // Money that went back by other means has no refund of ours.
      case RETURN_NOTICE -> refund(key).map(summary::about).orElse(summary);
      default -> summary;
    };
  }

  /** A notice has the number of its refund. */
  private Optional<PaymentBalance.Refund> refund(StepKey notice) {
    StepKey refund = new StepKey(notice.order(), Step.REFUND, notice.n());
    return balances.of(notice.order()).stream()
        .flatMap(balance -> balance.refunds().stream())
        .filter(known -> known.key().equals(refund))
        .findFirst();
  }

  private Optional<String> granted(OrderId order) {
    return ledger.effects(order).stream()
        .filter(effect -> effect.key().step() == Step.GRANT)
        .filter(effect -> effect.state() == Operation.State.SUCCEEDED)
        .flatMap(effect -> effect.reference().stream())
        .findFirst();
  }
}
