package dev.orderflow.activities.notification;

import dev.orderflow.workflows.order.OrderDocument.Recipient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentBalance;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What a message tells of an order.
 *
 * @param reward the code of the coupon that was granted for it
 * @param refund that the message is about; absent where it is about the order
 */
record OrderSummary(
    OrderId orderId,
    Recipient recipient,
    List<OrderPlan.Line> lines,
    Money total,
    Optional<String> reward,
    Optional<PaymentBalance.Refund> refund) {
  /** The same, in a message about a refund. */
  OrderSummary about(PaymentBalance.Refund told) {
    return new OrderSummary(orderId, recipient, lines, total, reward, Optional.of(told));
  }

  /** What all lines' discounts come to. */
  Money discount() {
    return lines.stream()
        .map(OrderPlan.Line::discount)
        .reduce(Money.zero(total.getCurrencyUnit()), Money::plus);
  }

  @Override
  public String toString() {
    return "OrderSummary[" + orderId + "]";
  }
}
