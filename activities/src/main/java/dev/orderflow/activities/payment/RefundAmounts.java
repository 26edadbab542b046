package dev.orderflow.activities.payment;

import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentBalance.Part;
import dev.orderflow.workflows.payment.RefundRequest;
import java.util.List;
import org.joda.money.Money;

/** How much a wish for a refund comes to, and whether so much is left. */
final class RefundAmounts {
  private RefundAmounts() {}

  /** What is left once everything that was decided is asked for. */
  static Money left(BookedPayment payment, List<BookedRefund> standing) {
    return standing.stream()
        .filter(refund -> refund.payment().equals(payment.key()) && !refund.counted())
        .map(BookedRefund::amount)
        .reduce(payment.left(), Money::minus);
  }

  /** The pieces that the wish names, with their shares; empty where it names none. */
  static List<Part> parts(OrderPlan plan, RefundRequest request, List<BookedRefund> standing) {
    if (!(request.wanted() instanceof RefundRequest.Lines lines)) {
      return List.of();
    }
    List<Part> given = standing.stream().flatMap(refund -> refund.lines().stream()).toList();
    return new LineShares(plan.lines(), given).of(lines.lines());
  }

  /** How much is wished for. */
  static Money of(RefundRequest request, List<Part> parts, Money left) {
    if (request.wanted() instanceof RefundRequest.Amount asked) {
      return asked.amount();
    }
    return request.wanted() instanceof RefundRequest.All
        ? left
        : parts.stream().map(Part::amount).reduce(Money.zero(left.getCurrencyUnit()), Money::plus);
  }

  /**
   * Makes sure that so much may be given back of a payment.
   *
   * @throws RefundRefused with the reason
   */
  static void requireLeft(Money amount, BookedPayment payment, Money left) {
    if (!amount.isSameCurrency(left)) {
      throw new RefundRefused(
          "CURRENCY_DIFFERS",
          amount + " is not in the order's currency, " + left.getCurrencyUnit());
    }
    payment
        .objection()
        .ifPresent(
            why -> {
              throw new RefundRefused(why.code(), why.message());
            });
    if (!left.isPositive()) {
      throw new RefundRefused(
          "NOTHING_LEFT", "all of the " + payment.captured() + " is refunded already");
    }
    if (!amount.isPositive()) {
      throw new RefundRefused("NOTHING_PAID", "nothing was paid for this");
    }
    if (amount.isGreaterThan(left)) {
      throw new RefundRefused(
          "MORE_THAN_LEFT",
          amount + " is more than the " + left + " that are left of " + payment.captured());
    }
  }
}
