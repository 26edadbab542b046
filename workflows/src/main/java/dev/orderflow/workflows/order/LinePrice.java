package dev.orderflow.workflows.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What one piece of an article costs, and the one place where a line's amount is calculated.
 *
 * @param unit the price of one piece, 0 or more
 * @param taxRate in percent, 0 to 100
 * @param taxIncluded whether {@code unit} includes the tax
 */
public record LinePrice(Money unit, BigDecimal taxRate, boolean taxIncluded) {

  /** The greatest amount of a line and of an order, in minor units: 10 billion euros. */
  public static final long MAX_MINOR = 1_000_000_000_000L;

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public LinePrice {
    Objects.requireNonNull(unit, "unit");
    if (unit.isNegative()) {
      throw new IllegalArgumentException("unit: " + unit + " is below 0");
    }
    if (taxRate.signum() < 0 || taxRate.compareTo(HUNDRED) > 0) {
      throw new IllegalArgumentException("taxRate: " + taxRate + " is not within 0 to 100");
    }
  }

  /**
   * The price a line states itself; empty where it states none. Without a rate there is no tax on
   * top, and a rate alone says that the price includes it.
   *
   * @throws ArithmeticException when the price has more decimals than the currency
   */
  public static Optional<LinePrice> stated(CurrencyUnit currency, OrderDocument.Line line) {
    return line.unitPrice()
        .map(
            price ->
                new LinePrice(
                    // 9.900 is 9.90, but Money takes no more decimals than the currency has.
                    Money.of(currency, price.stripTrailingZeros()),
                    line.taxRate().orElse(BigDecimal.ZERO),
                    line.taxIncluded().orElse(true)));
  }

  /**
   * What so many pieces cost, tax included: quantity times unit price, plus the tax where it is not
   * included, rounded once per line, half up, to the currency's decimals.
   *
   * @throws ArithmeticException when it is more than {@link #MAX_MINOR}
   */
  public Money gross(int quantity) {
    BigDecimal amount = unit.getAmount().multiply(BigDecimal.valueOf(quantity));
    if (!taxIncluded) {
      amount = amount.multiply(HUNDRED.add(taxRate)).divide(HUNDRED);
    }
    return limited(Money.of(unit.getCurrencyUnit(), amount, RoundingMode.HALF_UP));
  }

  /**
   * The amount itself, when it is within the limit.
   *
   * @throws ArithmeticException when it is more than {@link #MAX_MINOR}
   */
  public static Money limited(Money amount) {
    if (amount.getAmountMinor().compareTo(BigDecimal.valueOf(MAX_MINOR)) > 0) {
      throw new ArithmeticException(amount + " is more than an order can carry");
    }
    return amount;
  }
}
