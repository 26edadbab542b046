package dev.orderflow.worker.command;

import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.order.CustomerId;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The options that describe a coupon. For use as a mixin. */
public final class NewCoupon {

  @Parameters(paramLabel = "CODE", description = "1 to 64 letters, digits, '_' or '-'")
  private String code;

  @ArgGroup(multiplicity = "1")
  private Worth worth;

  @Option(
      names = "--uses",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often it may be used in all (default: 1)")
  private int uses;

  @Option(
      names = "--valid-for",
      paramLabel = "SPAN",
      description = "Such as 90d; without an end when absent")
  private Duration validFor;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      description = "Whose it is; everybody's when absent")
  private String customer;

  @Option(names = "--campaign", paramLabel = "NAME", description = "What it is made for")
  private String campaign;

  /** Either of the two. */
  static final class Worth {
    @Option(names = "--percent", paramLabel = "P", description = "Above 0 to 100")
    private BigDecimal percent;

    @Option(
        names = "--amount",
        paramLabel = "MONEY",
        converter = MoneyConverter.class,
        description = "Such as \"EUR 5.00\"")
    private Money amount;

    private Discounts.Discount discount() {
      if (amount != null) {
        require(amount.isPositive(), "--amount: " + amount + " is not above 0");
        return new Discounts.Amount(amount);
      }
      require(
          percent.signum() > 0
              && percent.compareTo(BigDecimal.valueOf(100)) <= 0
              && percent.stripTrailingZeros().scale() <= 2,
          "--percent: " + percent + " is not above 0 to 100, with two decimals at most");
      return new Discounts.Percent(percent);
    }

    private static void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }

  /** Money as people type it. */
  static final class MoneyConverter implements ITypeConverter<Money> {
    @Override
    public Money convert(String text) {
      try {
        return Money.parse(text);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new TypeConversionException("'" + text + "' is not money such as \"EUR 5.00\"");
      }
    }
  }

  /**
   * The coupon that is wanted.
   *
   * @throws IllegalArgumentException naming the option that is wrong
   */
  CouponIssue issue() {
    return new CouponIssue(
        code,
        Optional.ofNullable(campaign),
        worth.discount(),
        Optional.ofNullable(validFor),
        uses,
        Optional.ofNullable(customer).map(CustomerId::new));
  }
}
