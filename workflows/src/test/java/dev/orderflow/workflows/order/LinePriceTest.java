package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

class LinePriceTest {

  @Test
  void aPriceThatIncludesItsTaxIsOnlyMultiplied() {
    assertThat(price("EUR 9.90", "19", true).gross(3)).isEqualTo(Money.parse("EUR 29.70"));
  }

  @Test
  void taxOnTopIsRoundedOncePerLineHalfUp() {
    // 3 x 0.35 = 1.05, plus 19 % = 1.2495; piece by piece it would be 3 x 0.42 = 1.26
    assertThat(price("EUR 0.35", "19", false).gross(3)).isEqualTo(Money.parse("EUR 1.25"));
    // 0.50 plus 5 % = 0.525
    assertThat(price("EUR 0.50", "5", false).gross(1)).isEqualTo(Money.parse("EUR 0.53"));
    // 15 yen plus 10 % = 16.5
    assertThat(price("JPY 15", "10", false).gross(1)).isEqualTo(Money.parse("JPY 17"));
  }

  @Test
  void theLimitItselfFitsAndOneCentMoreDoesNot() {
    assertThat(price("EUR 1000000.00", "0", true).gross(10_000).getAmountMinorLong())
        .isEqualTo(LinePrice.MAX_MINOR);
    assertThatThrownBy(() -> price("EUR 1000000.01", "0", true).gross(10_000))
        .isInstanceOf(ArithmeticException.class);
  }

  private static LinePrice price(String unit, String rate, boolean taxIncluded) {
    return new LinePrice(Money.parse(unit), new BigDecimal(rate), taxIncluded);
  }
}
