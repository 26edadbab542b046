package dev.orderflow.activities.reward;

import dev.orderflow.activities.order.Discounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What a granted coupon is worth: either a percentage or an amount.
 *
 * @param name 1 to 32 letters, digits or '-'; the coupons' codes begin with it
 * @param percent above 0 to 100
 * @param amount above 0
 * @param validFor how long a coupon is valid; 90 days when absent
 */
public record Campaign(
    String name, Optional<BigDecimal> percent, Optional<Money> amount, Duration validFor) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public Campaign {
    if (name == null || !name.matches("[A-Za-z0-9-]{1,32}")) {
      throw new IllegalArgumentException(
          "name: '" + name + "' is not 1 to 32 letters, digits or '-'");
    }
    percent = percent == null ? Optional.empty() : percent;
    amount = amount == null ? Optional.empty() : amount;
    validFor = validFor == null ? Duration.ofDays(90) : validFor;
    if (percent.isPresent() == amount.isPresent()) {
      throw new IllegalArgumentException(name + ": needs either percent or amount");
    }
    if (percent.filter(p -> p.signum() <= 0 || p.compareTo(HUNDRED) > 0).isPresent()) {
      throw new IllegalArgumentException("percent: " + percent.get() + " is not above 0 to 100");
    }
    if (percent.filter(p -> p.stripTrailingZeros().scale() > 2).isPresent()) {
      throw new IllegalArgumentException("percent: " + percent.get() + " has over 2 decimals");
    }
    if (amount.filter(a -> !a.isPositive()).isPresent()) {
      throw new IllegalArgumentException("amount: " + amount.get() + " is not above 0");
    }
    if (validFor.isNegative() || validFor.isZero()) {
      throw new IllegalArgumentException("valid-for: " + validFor + " is not above 0");
    }
  }

  Discounts.Discount worth() {
    return percent
        .<Discounts.Discount>map(Discounts.Percent::new)
        .orElseGet(() -> new Discounts.Amount(amount.orElseThrow()));
  }
}
