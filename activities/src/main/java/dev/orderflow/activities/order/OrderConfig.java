package dev.orderflow.activities.order;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What an installation decides about orders when it accepts them. Every decision is kept with the
 * order: a later change applies to later orders.
 *
 * @param prices who says what an article costs; {@code TABLE} when absent
 * @param reviewAbove orders above one of these, in its currency, wait for approval; none when
 *     absent
 * @param holdFor how long they wait at most; two days when absent. No longer than the channel's
 *     authorization lasts, less a margin
 * @param reward what a completed order is thanked with; nothing when absent
 * @param refundWindow how long after completion an order can be taken back; 14 days when absent
 * @param localBudget how long the steps since the last wait may take within one workflow task; 3 s
 *     when absent
 */
public record OrderConfig(
    PriceSource prices,
    List<Money> reviewAbove,
    Duration holdFor,
    Optional<RewardRule> reward,
    Duration refundWindow,
    Duration localBudget) {

  /** Who says what an article costs. */
  public enum PriceSource {
    /** The {@link Catalog}; what the caller states must agree with it. */
    TABLE,
    /** The caller; the catalog is not asked. */
    CALLER
  }

  /**
   * A thank-you.
   *
   * @param campaign the coupon campaign that is granted from
   * @param from for orders of at least so much, in its currency; for every order when absent
   */
  public record RewardRule(String campaign, Optional<Money> from) {
    public RewardRule {
      if (campaign == null || campaign.isBlank()) {
        throw new IllegalArgumentException("campaign: is missing; name one of reward.campaigns");
      }
      from = from == null ? Optional.empty() : from;
    }

    boolean appliesTo(Money total) {
      return from.isEmpty() || (from.get().isSameCurrency(total) && !total.isLessThan(from.get()));
    }
  }

  public OrderConfig {
    prices = prices == null ? PriceSource.TABLE : prices;
    reviewAbove = reviewAbove == null ? List.of() : List.copyOf(reviewAbove);
    holdFor = positive("hold-for", holdFor == null ? Duration.ofDays(2) : holdFor);
    reward = reward == null ? Optional.empty() : reward;
    refundWindow = refundWindow == null ? Duration.ofDays(14) : refundWindow;
    if (refundWindow.isNegative()) {
      throw new IllegalArgumentException("refund-window: " + refundWindow + " is below 0");
    }
    localBudget =
        positive("local-budget", localBudget == null ? Duration.ofSeconds(3) : localBudget);
  }

  public static OrderConfig defaults() {
    return new OrderConfig(null, null, null, null, null, null);
  }

  private static Duration positive(String field, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(field + ": " + duration + " is not above 0");
    }
    return duration;
  }

  boolean needsReview(Money total) {
    return reviewAbove.stream()
        .anyMatch(limit -> limit.isSameCurrency(total) && total.isGreaterThan(limit));
  }
}
