package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Outcome;
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
  private static final String TRANSACTION_DIFFERS = "TRANSACTION_DIFFERS";

  /** Whether a report was not believed because it is not what was asked for. */
  static boolean isDifference(Reason reason) {
    return reason.code().equals(Reason.AMOUNT_DIFFERS) || reason.code().equals(TRANSACTION_DIFFERS);
  }

  /** Of a charge or an authorization. */
  static Expectation ofPayment(StepKey key, Money amount) {
    return new Expectation(
        ProviderTransaction.Kind.of(key.step()), amount, key.order().value(), Optional.empty());
  }

  /** Whether money came, and only its amount or currency is not what was asked for. */
  static boolean isOdd(Answer answer) {
    return answer.transaction().isPresent() && isOdd(answer.outcome());
  }

  /** Whether a charge or capture counts as declined because another amount came. */
  static boolean isOdd(Outcome outcome) {
    return outcome.isDeclinedAs(Reason.AMOUNT_DIFFERS);
  }

  /**
   * The answer as it is believed. Where another amount came than was asked for, the payment counts
   * as declined, and what came is booked for itself; any other difference is believed by nobody.
   */
  Answer check(Answer answer) {
    Optional<Reason> difference = answer.transaction().flatMap(this::differenceTo);
    return difference
        .map(
            reason ->
                new Answer(
                    isPaid(answer) && reason.code().equals(Reason.AMOUNT_DIFFERS)
                        ? Outcome.declined(reason)
                        : Outcome.unknown(reason),
                    answer.transaction(),
                    Optional.empty()))
        .orElse(answer);
  }

  private boolean isPaid(Answer answer) {
    return answer.outcome().state() == Outcome.State.SUCCEEDED
        && (kind == ProviderTransaction.Kind.CHARGE || kind == ProviderTransaction.Kind.CAPTURE);
  }

  /** In what the report differs; empty when it is what was asked for. */
  Optional<Reason> differenceTo(ProviderTransaction reported) {
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
    // However much was held, a void gives it up.
    if (!reported.amount().equals(amount) && kind != ProviderTransaction.Kind.VOID) {
      return Optional.of(
          new Reason(
              Reason.AMOUNT_DIFFERS,
              "The provider reports " + reported.amount() + " where " + amount + " was asked."));
    }
    return Optional.empty();
  }

  /** The same, of whatever amount is reported in the same currency; of what only holds, in any. */
  Expectation ofAmountIn(ProviderTransaction reported) {
    return reported.amount().isSameCurrency(amount)
            || kind == ProviderTransaction.Kind.AUTHORIZATION
        ? new Expectation(kind, reported.amount(), merchantReference, parent)
        : this;
  }

  private String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
