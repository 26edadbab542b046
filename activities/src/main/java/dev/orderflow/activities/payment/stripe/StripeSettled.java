package dev.orderflow.activities.payment.stripe;

import com.stripe.model.BalanceTransaction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A Dispute whose money moves in the currency in which Stripe settles with the shop, and what that
 * is in the customer's. The first balance transaction that takes, takes all that is disputed; the
 * others go by their own rates, for rates change until a dispute is decided.
 *
 * @param disputed in the customer's currency
 * @param taking the first that takes; empty while nothing was taken
 */
record StripeSettled(Money disputed, Optional<BalanceTransaction> taking) {

  static StripeSettled of(Money disputed, List<BalanceTransaction> moved) {
    return new StripeSettled(
        disputed,
        moved.stream()
            .filter(transaction -> transaction.getAmount() < 0)
            .min(Comparator.comparingLong(BalanceTransaction::getCreated)));
  }

  /**
   * What was moved, for certain: never a guess, nor more than what is disputed. Where that can't be
   * said in the customer's currency it stays in the shop's, for a person to look at.
   */
  Money amount(BalanceTransaction moved) {
    Money settled = money(moved);
    if (settled.isSameCurrency(disputed)) {
      return settled;
    }
    Optional<BigDecimal> rate = rate(moved);
    if (isAsTaken(settled, rate) || rate.filter(by -> settles(disputed, by, settled)).isPresent()) {
      return disputed;
    }
    return rate.flatMap(by -> part(settled, by)).orElse(settled);
  }

  /** As much as was taken, by the same rate; by which, need not be said. */
  private boolean isAsTaken(Money settled, Optional<BigDecimal> rate) {
    return taking
        .filter(all -> money(all).equals(settled))
        .filter(all -> rate.isEmpty() || rate.equals(rate(all)))
        .isPresent();
  }

  /** The only amount that settles so by that rate; where several do, nobody knows which it was. */
  private Optional<Money> part(Money settled, BigDecimal rate) {
    Money cent = Money.ofMinor(disputed.getCurrencyUnit(), 1);
    Money part =
        Money.of(
            disputed.getCurrencyUnit(),
            settled.getAmount().divide(rate, disputed.getScale(), RoundingMode.HALF_UP));
    return Optional.of(part)
        .filter(Money::isPositive)
        .filter(only -> !only.isGreaterThan(disputed))
        .filter(only -> settles(only, rate, settled))
        .filter(only -> !settles(only.plus(cent), rate, settled))
        .filter(only -> !settles(only.minus(cent), rate, settled));
  }

  private static boolean settles(Money amount, BigDecimal rate, Money settled) {
    return amount
            .getAmount()
            .multiply(rate)
            .setScale(settled.getScale(), RoundingMode.HALF_UP)
            .compareTo(settled.getAmount())
        == 0;
  }

  private static Optional<BigDecimal> rate(BalanceTransaction moved) {
    return Optional.ofNullable(moved.getExchangeRate())
        .filter(rate -> rate.signum() > 0)
        .map(BigDecimal::stripTrailingZeros);
  }

  private static Money money(BalanceTransaction moved) {
    return StripeReports.money(Math.abs(moved.getAmount()), moved.getCurrency());
  }
}
