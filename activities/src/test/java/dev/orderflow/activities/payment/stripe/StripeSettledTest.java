package dev.orderflow.activities.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.BalanceTransaction;
import java.math.BigDecimal;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What Stripe moves in the shop's currency, in the customer's. */
class StripeSettledTest {
  private static final Money DISPUTED = Money.parse("EUR 12.00");
  private static final BalanceTransaction TAKING = moved(-1500);

  private static Money said(BalanceTransaction moved) {
    return StripeSettled.of(DISPUTED, List.of(TAKING, moved)).amount(moved);
  }

  private static BalanceTransaction moved(long cents) {
    BalanceTransaction moved = new BalanceTransaction();
    moved.setAmount(cents);
    moved.setCurrency("usd");
    moved.setCreated(cents < 0 ? 1L : 2L);
    return moved;
  }

  private static BalanceTransaction moved(long cents, String rate) {
    BalanceTransaction moved = moved(cents);
    moved.setExchangeRate(new BigDecimal(rate));
    return moved;
  }

  @Test
  void withoutARateOnlyAsMuchAsWasTakenIsAllOfIt() {
    assertThat(said(TAKING)).isEqualTo(DISPUTED);
    assertThat(said(moved(1500))).isEqualTo(DISPUTED);
    assertThat(said(moved(1410))).isEqualTo(Money.parse("USD 14.10"));
    assertThat(said(moved(750))).isEqualTo(Money.parse("USD 7.50"));
  }

  @Test
  void withARateItIsWhatSettlesSoByIt() {
    assertThat(said(moved(1410, "1.175"))).isEqualTo(DISPUTED);
    assertThat(said(moved(525, "1.3125"))).isEqualTo(Money.parse("EUR 4.00"));
    assertThat(said(moved(1500, "1.3125"))).isEqualTo(Money.parse("EUR 11.43"));
  }

  @Test
  void neverMoreThanWhatIsDisputedNorAGuess() {
    assertThat(said(moved(1600, "1.25"))).isEqualTo(Money.parse("USD 16.00"));
    assertThat(said(moved(82, "0.8"))).isEqualTo(Money.parse("USD 0.82"));
    assertThat(said(moved(100, "0"))).isEqualTo(Money.parse("USD 1.00"));
  }
}
