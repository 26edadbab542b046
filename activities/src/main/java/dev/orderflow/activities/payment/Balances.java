package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentBalance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/** What orders' payments took and gave back, as the ledger knows it. */
public final class Balances {
  private final Transactions transactions;
  private final PaymentStore payments = new PaymentStore();
  private final RefundStore refunds = new RefundStore();

  @Inject
  public Balances(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Of one order; empty where no payment was ever asked for. */
  public Optional<PaymentBalance> of(OrderId order) {
    return transactions.in(
        tx -> {
          List<BookedPayment> paid = payments.ofOrder(tx, order);
          if (paid.isEmpty()) {
            return Optional.empty();
          }
          Money zero = Money.zero(paid.get(0).amount().getCurrencyUnit());
          return Optional.of(
              new PaymentBalance(
                  paid.stream().map(BookedPayment::captured).reduce(zero, Money::plus),
                  paid.stream().map(BookedPayment::refunded).reduce(zero, Money::plus),
                  paid.stream().map(BookedPayment::left).reduce(zero, Money::plus),
                  refunds.ofOrder(tx, order).stream().map(BookedRefund::told).toList()));
        });
  }
}
