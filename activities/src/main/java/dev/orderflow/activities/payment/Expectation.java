package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Locale;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What a provider must report for it to be what was asked for.
 *
 * @param merchantReference the order id
 * @param parent the provider's name for what it acts on; empty where it begins a payment, or its
 *     name is not known
 */
record Expectation(
    ProviderTransaction.Kind kind,
    Money amount,
    String merchantReference,
    Optional<String> parent) {
  private static final String AMOUNT_DIFFERS = "AMOUNT_DIFFERS";
  private static final String TRANSACTION_DIFFERS = "TRANSACTION_DIFFERS";

  /** Whether a report was not believed because it is not what was asked for. */
  static boolean isDifference(Reason reason) {
    return reason.code().equals(AMOUNT_DIFFERS) || reason.code().equals(TRANSACTION_DIFFERS);
  }

  /** Of a charge or an authorization. */
  static Expectation ofPayment(StepKey key, Money amount) {
    return new Expectation(
        ProviderTransaction.Kind.of(key.step()), amount, key.order().value(), Optional.empty());
  }

  /** In what the report differs; empty when it is what was asked for. */
  Optional<Reason> differenceTo(ProviderTransaction reported) {
    if (!reported.amount().equals(amount)) {
      return Optional.of(
          new Reason(
              AMOUNT_DIFFERS,
              "The provider reports " + reported.amount() + " where " + amount + " was asked."));
    }
    boolean otherParent =
        parent.isPresent() && reported.parent().filter(p -> !p.equals(parent.get())).isPresent();
    if (reported.kind() != kind
        || otherParent
        || !reported.merchantReference().equals(merchantReference)) {
      return Optional.of(
          new Reason(
              TRANSACTION_DIFFERS,
              "The provider's " + reported.reference() + " is not the " + word() + " asked for."));
    }
    return Optional.empty();
  }

  /** The same, of whatever amount is reported in the same currency. */
  Expectation ofAmountIn(ProviderTransaction reported) {
    return reported.amount().isSameCurrency(amount)
        ? new Expectation(kind, reported.amount(), merchantReference, parent)
        : this;
  }

  private String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
