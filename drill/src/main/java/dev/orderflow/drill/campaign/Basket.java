package dev.orderflow.drill.campaign;

import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;

/**
 * What one order of a test buys: an article of its own, so that no order waits for another's locks
 * and each can be counted by itself.
 *
 * @param name unique; the order's key
 * @param price of the one piece, in euros: a reward is granted from 50 on, above 500 the order
 *     waits for approval
 * @param coupon whether it comes with one
 * @param token says how the payment goes
 * @param mailbox the address before the {@code @}, which says how the mail goes
 */
record Basket(String name, String price, Coupon coupon, String token, String mailbox) {

  static final int PIECES = 2;

  /** How many there are of its article. */
  static final int ON_HAND = 5;

  /** With a coupon of its own, or without. */
  enum Coupon {
    NONE,
    ONE
  }

  /** Everything there is: a coupon, a payment and a reward. */
  static Basket rich(String name) {
    return new Basket(name, "40.00", Coupon.ONE, "approve", name);
  }

  /** The same, so dear that an operator has to approve it. */
  static Basket dear(String name) {
    return new Basket(name, "400.00", Coupon.ONE, "approve", name);
  }

  /** Stock, payment and mail, nothing else. */
  static Basket plain(String name) {
    return new Basket(name, "10.00", Coupon.NONE, "approve", name);
  }

  Basket paidBy(String other) {
    return new Basket(name, price, coupon, other, mailbox);
  }

  Basket toldAt(String other) {
    return new Basket(name, price, coupon, token, other);
  }

  OrderId id() {
    return OrderId.ofKey(name);
  }

  StepKey key(Step step) {
    return StepKey.of(id(), step);
  }

  CustomerId customer() {
    return new CustomerId("customer-of-" + name);
  }

  String article() {
    return "article-" + name;
  }

  Optional<String> couponCode() {
    return coupon == Coupon.ONE ? Optional.of("coupon-" + name) : Optional.empty();
  }

  OrderDocument document() {
    return new OrderDocument(
        name,
        customer(),
        new OrderDocument.Recipient("Somebody", mailbox + "@example.com", Optional.empty()),
        CurrencyUnit.EUR,
        List.of(
            new OrderDocument.Line(
                article(), PIECES, Optional.of(new BigDecimal(price)), null, null, null)),
        couponCode(),
        new OrderDocument.Payment(Optional.empty(), token),
        Optional.empty());
  }
}
