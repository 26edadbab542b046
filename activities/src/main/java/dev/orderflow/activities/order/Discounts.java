package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.saga.Reason;
import java.math.BigDecimal;
import org.joda.money.Money;

/** What coupons are worth. */
public interface Discounts {

  /**
   * What the coupon is worth to the customer now. Holds nothing: whether a use is left is decided
   * when it is held.
   */
  Discount of(String code, CustomerId customer);

  /** What a coupon takes off the articles of an order. */
  sealed interface Discount {}

  /** So many percent, above 0 to 100. */
  record Percent(BigDecimal percent) implements Discount {}

  /** A fixed amount, at most what the articles cost. */
  record Amount(Money off) implements Discount {}

  /** Nothing: the order is rejected. */
  record None(Reason why) implements Discount {}
}
