package dev.orderflow.activities.payment.stripe;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Money as Stripe counts it, which is not always ISO 4217's minor unit. The rules are those of
 * Stripe's page "Supported currencies": most currencies have two decimals, some none, some three
 * whose last digit must be 0. ISK and UGX have none, but are counted as if they had two. (HUF and
 * TWD have two: that payouts in them are whole concerns no payment.)
 */
final class StripeAmounts {
  private static final Set<String> WITHOUT_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");
  private static final Set<String> WITH_THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  private StripeAmounts() {}

  /**
   * What is written into a request.
   *
   * @throws ArithmeticException when Stripe can't move just this amount
   */
  static long toStripe(Money money) {
    String currency = money.getCurrencyUnit().getCode();
    long amount = money.getAmount().movePointRight(decimals(currency)).longValueExact();
    if (WITH_THREE_DECIMALS.contains(currency) && amount % 10 != 0) {
      throw new ArithmeticException("no amount of " + currency + " at Stripe: " + money);
    }
    return amount;
  }

  /** The currency as Stripe writes it. */
  static String currency(Money money) {
    return money.getCurrencyUnit().getCode().toLowerCase(Locale.ROOT);
  }

  /**
   * What an answer says.
   *
   * @throws IllegalArgumentException when it can't be said exactly, or is absent
   */
  static Money fromStripe(Long amount, String currency) {
    if (amount == null || currency == null) {
      throw new IllegalArgumentException("an amount is missing");
    }
    CurrencyUnit unit = CurrencyUnit.of(currency.toUpperCase(Locale.ROOT));
    try {
      return Money.of(
          unit, BigDecimal.valueOf(amount, decimals(unit.getCode())).stripTrailingZeros());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("no amount of " + unit + ": " + amount, e);
    }
  }

  private static int decimals(String currency) {
    if (WITHOUT_DECIMALS.contains(currency)) {
      return 0;
    }
    return WITH_THREE_DECIMALS.contains(currency) ? 3 : 2;
  }
}
