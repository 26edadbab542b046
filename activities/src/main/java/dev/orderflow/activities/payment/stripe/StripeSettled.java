package dev.orderflow.activities.payment.stripe;

import com.stripe.model.BalanceTransaction;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A Dispute whose money moves in the currency in which Stripe settles with the shop, and what that
 * is in the customer's. The first balance transaction that takes, takes all that is disputed; the
 * others are to it as what they moved is to the disputed amount.
 *
 * @param disputed in the customer's currency
 * @param taken in the shop's; empty while nothing was taken
 */
record StripeSettled(Money disputed, Optional<Money> taken) {

  static StripeSettled of(Money disputed, List<BalanceTransaction> moved) {
    return new StripeSettled(
        disputed,
        moved.stream()
            .filter(transaction -> transaction.getAmount() < 0)
            .min(Comparator.comparingLong(BalanceTransaction::getCreated))
            .map(StripeSettled::money));
  }

  /**
   * What was moved, exactly: never rounded, nor more than what is disputed. Where that can't be
   * said in the customer's currency it stays in the shop's, for a person to look at.
   */
  Money amount(BalanceTransaction moved) {
    Money settled = money(moved);
    if (settled.isSameCurrency(disputed)) {
      return settled;
    }
    return isAllByItsRate(moved, settled)
        ? disputed
        : taken.flatMap(all -> part(settled, all)).orElse(settled);
  }

  /** Rates change until a dispute is won: all that comes back then is not what was taken. */
  private boolean isAllByItsRate(BalanceTransaction moved, Money settled) {
    return Optional.ofNullable(moved.getExchangeRate())
        .map(rate -> disputed.getAmount().multiply(rate))
        .map(all -> all.setScale(settled.getScale(), RoundingMode.HALF_UP))
        .filter(all -> all.compareTo(settled.getAmount()) == 0)
        .isPresent();
  }

  private Optional<Money> part(Money settled, Money all) {
    if (!settled.isSameCurrency(all) || settled.isGreaterThan(all)) {
      return Optional.empty();
    }
    BigInteger[] part = minor(disputed).multiply(minor(settled)).divideAndRemainder(minor(all));
    return part[1].signum() == 0 && part[0].signum() > 0
        ? Optional.of(Money.ofMinor(disputed.getCurrencyUnit(), part[0].longValueExact()))
        : Optional.empty();
  }

  private static BigInteger minor(Money money) {
    return BigInteger.valueOf(money.getAmountMinorLong());
  }

  private static Money money(BalanceTransaction moved) {
    return StripeReports.money(Math.abs(moved.getAmount()), moved.getCurrency());
  }
}
