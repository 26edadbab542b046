package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.PaymentRecord;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.PaymentBalance.Dispute;
import dev.orderflow.workflows.payment.PaymentBalance.Sum;
import dev.orderflow.workflows.saga.Step;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What orders' payments took and gave back, as the ledger knows it. */
public final class Balances implements PaymentRecord {
  private final Transactions transactions;
  private final PaymentStore payments = new PaymentStore();
  private final RefundStore refunds = new RefundStore();
  private final MovementStore movements = new MovementStore();
  private final DisputeStore disputes = new DisputeStore();

  @Inject
  public Balances(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Of one order; empty where no payment was ever asked for. */
  public Optional<PaymentBalance> of(OrderId order) {
    return transactions.in(
        tx -> {
          List<BookedPayment> paid = payments.ofOrder(tx, order);
          return paid.isEmpty() ? Optional.empty() : Optional.of(of(tx, order, paid));
        });
  }

  @Override
  public Optional<PaymentBalance> balance(Handle tx, OrderId order) {
    List<BookedPayment> paid = payments.ofOrder(tx, order);
    return paid.stream().anyMatch(payment -> payment.captured().isPositive())
        ? Optional.of(of(tx, order, paid))
        : Optional.empty();
  }

  /** As {@link #balance}, where more happened than that the order was paid. */
  Optional<PaymentBalance> ofMoreThanPaid(Handle tx, OrderId order) {
    boolean isUnasked =
        payments.ofOrder(tx, order).stream()
            .anyMatch(payment -> payment.key().step() == Step.RECEIVE);
    return balance(tx, order).filter(known -> isUnasked || isMoreThanPaid(known));
  }

  private static boolean isMoreThanPaid(PaymentBalance known) {
    return !known.refunds().isEmpty()
        || !known.movements().isEmpty()
        || !known.disputes().isEmpty()
        || !known.others().isEmpty();
  }

  @Override
  public Optional<String> paidBy(Handle tx, OrderId order) {
    return payments.paidBy(tx, order);
  }

  private PaymentBalance of(Handle tx, OrderId order, List<BookedPayment> paid) {
    Map<CurrencyUnit, Sum> sums =
        paid.stream()
            .collect(
                Collectors.groupingBy(
                    payment -> payment.amount().getCurrencyUnit(),
                    LinkedHashMap::new,
                    Collectors.collectingAndThen(Collectors.toList(), Balances::sum)));
    Sum own = sums.remove(currency(paid));
    return new PaymentBalance(
        own.captured(),
        own.refunded(),
        own.left(),
        refunds.ofOrder(tx, order).stream().map(BookedRefund::told).toList(),
        own.returned(),
        movements.ofOrder(tx, order),
        disputes.ofOrder(tx, order).stream().map(Balances::told).toList(),
        List.copyOf(sums.values()),
        payments.paidBy(tx, order));
  }

  /** The order's own: in which it was asked to pay, and not what came unasked. */
  private static CurrencyUnit currency(List<BookedPayment> paid) {
    return paid.stream()
        .filter(payment -> payment.key().step() != Step.RECEIVE)
        .findFirst()
        .orElse(paid.get(0))
        .amount()
        .getCurrencyUnit();
  }

  private static Sum sum(List<BookedPayment> paid) {
    return new Sum(
        total(paid, BookedPayment::captured),
        total(paid, BookedPayment::refunded),
        total(paid, BookedPayment::returned),
        total(paid, BookedPayment::left));
  }

  private static Money total(List<BookedPayment> paid, Function<BookedPayment, Money> part) {
    return paid.stream().map(part).reduce(Money::plus).orElseThrow();
  }

  private static Dispute told(DisputeCase dispute) {
    return new Dispute(
        dispute.reference(),
        dispute.amount(),
        dispute.state(),
        dispute.reason(),
        dispute.evidenceDueBy());
  }
}
