package dev.orderflow.activities.notification;

import dev.orderflow.workflows.order.OrderDocument.Recipient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What a message tells of an order.
 *
 * @param reward the code of the coupon that was granted for it
 */
record OrderSummary(
    OrderId orderId,
    Recipient recipient,
    List<OrderPlan.Line> lines,
    Money total,
    Optional<String> reward) {
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
