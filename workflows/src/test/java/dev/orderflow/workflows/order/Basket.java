package dev.orderflow.workflows.order;

import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.payment.PaymentPlan;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What a customer of the tests buys, and what the shop decides about it. */
record Basket(
    String key,
    Money total,
    Optional<String> coupon,
    Optional<String> reward,
    PaymentPlan payment,
    Duration localBudget) {

  static final String CHANNEL = "sandbox";

  /** A mug and its shipping for EUR 25.00. */
  static Basket plain(String key) {
    return new Basket(
        key,
        Money.parse("EUR 25.00"),
        Optional.empty(),
        Optional.empty(),
        PaymentPlan.by(CHANNEL),
        Duration.ofSeconds(3));
  }

  /** With a coupon, and a reward to come. */
  static Basket rich(String key) {
    return plain(key).withCoupon().withReward();
  }

  Basket withCoupon() {
    return new Basket(key, total, Optional.of("SPRING"), reward, payment, localBudget);
  }

  Basket withReward() {
    return new Basket(key, total, coupon, Optional.of("thanks"), payment, localBudget);
  }

  Basket withHold() {
    return paid(
        new PaymentPlan(payment.channels(), Optional.of(Duration.ofDays(2)), payment.waiting()));
  }

  /** Held for this reason, as a risk check asks for it. */
  Basket heldFor(Reason why) {
    return paid(payment.held(payment.channels(), Duration.ofDays(2), why));
  }

  /** By the first of these channels that takes it. */
  Basket by(String... channels) {
    return paid(new PaymentPlan(List.of(channels), payment.hold(), payment.waiting()));
  }

  /** By the wallet, whose customer has so much time. */
  Basket awaited(PaymentWait waiting) {
    return paid(new PaymentPlan(List.of(Wallet.CHANNEL), payment.hold(), Optional.of(waiting)));
  }

  /** By the wallet, whose customer has half an hour and three attempts. */
  Basket awaited() {
    return awaited(
        new PaymentWait(
            Duration.ofMinutes(30),
            3,
            List.of(
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1))));
  }

  /** As {@link #awaited()}; paid within a day after that, the order goes on. */
  Basket revivable() {
    PaymentWait terms = awaited().payment.waiting().orElseThrow();
    return awaited(
        new PaymentWait(
            terms.deadline(), terms.attempts(), terms.ladder(), Optional.of(Duration.ofDays(1))));
  }

  private Basket paid(PaymentPlan how) {
    return new Basket(key, total, coupon, reward, how, localBudget);
  }

  Basket free() {
    return new Basket(key, Money.parse("EUR 0.00"), coupon, reward, payment, localBudget);
  }

  Basket withLocalBudget(Duration budget) {
    return new Basket(key, total, coupon, reward, payment, budget);
  }

  OrderId orderId() {
    return OrderId.ofKey(key);
  }

  OrderDocument document() {
    var mug =
        new OrderDocument.Line(
            "mug-blue",
            1,
            Optional.of(new BigDecimal("20.00")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new OrderDocument(
        key,
        new CustomerId("customer-1"),
        new OrderDocument.Recipient("A Customer", "customer@example.com", Optional.empty()),
        CurrencyUnit.EUR,
        List.of(mug),
        coupon,
        new OrderDocument.Payment(Optional.of(CHANNEL), "tok_approve"),
        Optional.empty());
  }

  OrderPlan plan() {
    Money shipping = total.isZero() ? total : Money.parse("EUR 5.00");
    Money none = Money.zero(CurrencyUnit.EUR);
    return new OrderPlan(
        new CustomerId("customer-1"),
        List.of(
            new OrderPlan.Line(
                1, "mug-blue", "Blue mug", LineKind.ARTICLE, 1, total.minus(shipping), none),
            new OrderPlan.Line(2, "post", "Shipping", LineKind.SHIPPING, 1, shipping, none)),
        total,
        coupon,
        reward,
        payment,
        localBudget);
  }
}
