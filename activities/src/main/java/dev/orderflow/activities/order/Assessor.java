package dev.orderflow.activities.order;

import dev.orderflow.activities.order.Pricing.Refusal;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.payment.PaymentPlan;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Makes the plan of an order from its document, the catalog, the coupons and the configuration. */
@Singleton
final class Assessor {

  private final OrderConfig config;
  private final Pricing pricing;
  private final Discounts discounts;
  private final Channels channels;
  private final ApprovalTime approval;

  @Inject
  Assessor(
      OrderConfig config,
      Pricing pricing,
      Discounts discounts,
      Channels channels,
      ApprovalTime approval) {
    this.config = config;
    this.pricing = pricing;
    this.discounts = discounts;
    this.channels = channels;
    this.approval = approval;
  }

  Assessment assess(OrderDocument document) {
    try {
      List<Assessment.Line> lines = discounted(document, pricing.price(document));
      return new Assessment.Possible(plan(document, lines), lines);
    } catch (Refusal refusal) {
      return new Assessment.Impossible(refusal.why());
    }
  }

  private OrderPlan plan(OrderDocument document, List<Assessment.Line> lines) {
    List<OrderPlan.Line> planned = lines.stream().map(Assessment.Line::planned).toList();
    Money total =
        planned.stream()
            .map(OrderPlan.Line::net)
            .reduce(Money.zero(document.currency()), Money::plus);
    Channels.Stages stages = config.needsReview(total) ? Channels.Stages.TWO : Channels.Stages.ONE;
    List<String> payers = channels(document, total, stages);
    return new OrderPlan(
        document.customer(),
        planned,
        total,
        document.coupon(),
        config.reward().filter(rule -> rule.appliesTo(total)).map(OrderConfig.RewardRule::campaign),
        new PaymentPlan(
            payers,
            stages == Channels.Stages.TWO ? Optional.of(approval.by(payers)) : Optional.empty(),
            payers.stream().map(channels::waiting).flatMap(Optional::stream).findFirst()),
        config.localBudget());
  }

  private List<String> channels(OrderDocument document, Money total, Channels.Stages stages) {
    Channels.Wish wish =
        new Channels.Wish(
            OrderId.ofKey(document.key()),
            new Channels.Payer(
                document.payment().channel(), document.payment().method(), document.country()),
            total,
            stages);
    Channels.Route route = channels.route(wish);
    if (route instanceof Channels.Chosen chosen) {
      return chosen.channels();
    }
    throw new Refusal(((Channels.NoRoute) route).why());
  }

  private List<Assessment.Line> discounted(OrderDocument document, List<Assessment.Line> lines) {
    if (document.coupon().isEmpty()) {
      return lines;
    }
    String code = document.coupon().get();
    List<Assessment.Line> articles = lines.stream().filter(Assessor::isArticle).toList();
    Money gross = gross(document.currency(), articles);
    if (!gross.isPositive()) {
      throw new Refusal("COUPON_NOT_VALID", "coupon " + code + " takes nothing off this order");
    }
    Money off = off(code, discounts.of(code, document.customer()), gross);
    Iterator<Long> shares =
        DiscountAllocation.allocate(
                off.getAmountMinorLong(),
                articles.stream().map(line -> line.gross().getAmountMinorLong()).toList())
            .iterator();
    return lines.stream()
        .map(
            line ->
                isArticle(line)
                    ? line.less(Money.ofMinor(document.currency(), shares.next()))
                    : line)
        .toList();
  }

  private static Money off(String code, Discounts.Discount discount, Money gross) {
    if (discount instanceof Discounts.Percent percent) {
      BigDecimal rate = percent.percent().movePointLeft(2);
      return gross.multipliedBy(rate, RoundingMode.HALF_UP);
    }
    if (discount instanceof Discounts.Amount amount) {
      if (!amount.off().isSameCurrency(gross)) {
        throw new Refusal(
            "COUPON_NOT_VALID",
            "coupon "
                + code
                + " is worth "
                + amount.off()
                + "; the order is in "
                + gross.getCurrencyUnit());
      }
      return amount.off().isGreaterThan(gross) ? gross : amount.off();
    }
    throw new Refusal(((Discounts.None) discount).why());
  }

  private static boolean isArticle(Assessment.Line line) {
    return line.kind() == LineKind.ARTICLE;
  }

  /** What the lines come to, within the limit of an order. */
  static Money gross(CurrencyUnit currency, List<Assessment.Line> lines) {
    try {
      return LinePrice.limited(
          lines.stream().map(Assessment.Line::gross).reduce(Money.zero(currency), Money::plus));
    } catch (ArithmeticException e) {
      throw new Refusal("AMOUNT_TOO_LARGE", e.getMessage());
    }
  }
}
