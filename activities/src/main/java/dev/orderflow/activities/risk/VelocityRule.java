package dev.orderflow.activities.risk;

import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.joda.money.Money;

/**
 * So much and no more within a window of time. Exactly one of {@code orders}, {@code quantity} and
 * {@code amount} is the limit; what reaches it is fine, what goes beyond it is not.
 *
 * @param per whose orders are counted
 * @param window how far back, at least a second, at most 90 days
 * @param orders how many orders, from 1
 * @param quantity how many pieces of articles, from 1
 * @param amount how much is paid; orders in other currencies are not counted
 * @param action what becomes of an order beyond the limit
 */
public record VelocityRule(
    Per per,
    Duration window,
    Optional<Integer> orders,
    Optional<Integer> quantity,
    Optional<Money> amount,
    Action action) {

  /** The code of the reason of every velocity rule. */
  public static final String CODE = "VELOCITY";

  private static final Duration LONGEST = Duration.ofDays(90);

  /** Whose orders. */
  public enum Per {
    /** Those of the same customer. */
    CUSTOMER,
    /** Those paid by the same means. */
    PAYMENT,
    /** Those of the same article, whoever orders it. */
    ARTICLE
  }

  /** What then. */
  public enum Action {
    HOLD,
    DENY
  }

  public VelocityRule {
    required("per", per);
    required("window", window);
    required("action", action);
    orders = orders == null ? Optional.empty() : orders;
    quantity = quantity == null ? Optional.empty() : quantity;
    amount = amount == null ? Optional.empty() : amount;
    if (window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("window: " + window + " is not 1s to 90d");
    }
    if (Stream.of(orders, quantity, amount).filter(Optional::isPresent).count() != 1) {
      throw new IllegalArgumentException("orders: write exactly one of orders, quantity, amount");
    }
    orders.filter(n -> n < 1).ifPresent(n -> tooSmall("orders", n));
    quantity.filter(n -> n < 1).ifPresent(n -> tooSmall("quantity", n));
    amount.filter(money -> !money.isPositive()).ifPresent(money -> tooSmall("amount", money));
  }

  private static void required(String key, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(key + ": is missing");
    }
  }

  private static void tooSmall(String key, Object value) {
    throw new IllegalArgumentException(key + ": " + value + " is not above 0");
  }

  /** What was ordered within the window, or is to be. */
  record Count(long orders, long quantity, Money amount) {

    Count plus(Count other) {
      return new Count(orders + other.orders, quantity + other.quantity, amount.plus(other.amount));
    }
  }

  Verdict on(Count count) {
    boolean beyond =
        orders.filter(limit -> count.orders > limit).isPresent()
            || quantity.filter(limit -> count.quantity > limit).isPresent()
            || amount
                .filter(limit -> limit.isSameCurrency(count.amount))
                .filter(count.amount::isGreaterThan)
                .isPresent();
    if (!beyond) {
      return Verdict.allow();
    }
    return action == Action.DENY ? new Verdict.Deny(reason()) : new Verdict.Hold(reason());
  }

  private Reason reason() {
    String limit =
        orders
            .map(n -> n + (n == 1 ? " order" : " orders"))
            .or(() -> quantity.map(n -> n + (n == 1 ? " piece" : " pieces")))
            .orElseGet(() -> amount.orElseThrow().toString());
    String whose =
        switch (per) {
          case CUSTOMER -> "of one customer";
          case PAYMENT -> "with one means of payment";
          case ARTICLE -> "of one article";
        };
    return new Reason(
        CODE, "more than " + limit + " " + whose + " within " + text(window.toSeconds()));
  }

  private static String text(long seconds) {
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    } else if (seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
