package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.payment.PaymentPlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What was decided about an order when it was accepted: everything the workflow needs from
 * configuration and catalog, so that a replay under another configuration decides the same.
 *
 * @param total what the customer pays: the lines' gross less their discounts
 * @param coupon the code that gives the discount
 * @param reward the coupon campaign that the customer is granted from, once the order is completed
 * @param payment how it is paid
 * @param localBudget how long the steps since the last wait may take within the workflow task
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderPlan(
    CustomerId customer,
    List<Line> lines,
    Money total,
    Optional<String> coupon,
    Optional<String> reward,
    PaymentPlan payment,
    Duration localBudget) {

  /** The same, paid in another way. */
  public OrderPlan with(PaymentPlan other) {
    return new OrderPlan(customer, lines, total, coupon, reward, other, localBudget);
  }

  /**
   * A line as accepted.
   *
   * @param number from 1, the line's place in the document
   * @param gross quantity times unit price, tax included
   * @param discount this line's share of the discount, stored because refunds are made of it
   */
  public record Line(
      int number,
      String article,
      String name,
      LineKind kind,
      int quantity,
      Money gross,
      Money discount) {

    /** What the customer pays for the line. */
    public Money net() {
      return gross.minus(discount);
    }
  }
}
