package dev.orderflow.activities.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stripe counts money its own way. */
class StripeAmountsTest {

  @ParameterizedTest
  @CsvSource({
    "EUR 12.34, 1234",
    "USD 10.00, 1000",
    "JPY 500, 500",
    "KRW 500, 500",
    "MGA 7.00, 7",
    "BHD 1.230, 1230",
    "KWD 5.120, 5120",
    "TND 0.010, 10",
    "ISK 5, 500",
    "UGX 5, 500",
    "HUF 10.45, 1045",
    "TWD 800.45, 80045"
  })
  void amountsGoThereAndComeBack(String text, long counted) {
    Money money = Money.parse(text);

    assertThat(StripeAmounts.toStripe(money)).isEqualTo(counted);
    assertThat(StripeAmounts.currency(money))
        .isEqualTo(text.substring(0, 3).toLowerCase(Locale.ROOT));
    assertThat(StripeAmounts.fromStripe(counted, StripeAmounts.currency(money))).isEqualTo(money);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KWD 5.124", "JOD 0.001", "MGA 7.20"})
  void whatStripeCantMoveIsRefused(String text) {
    assertThatThrownBy(() -> StripeAmounts.toStripe(Money.parse(text)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void anAnswerThatIsNoMoneyIsNone() {
    assertThatThrownBy(() -> StripeAmounts.fromStripe(550L, "isk"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StripeAmounts.fromStripe(null, "eur"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> StripeAmounts.fromStripe(1L, "xyz"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
