package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Step;
import java.util.Objects;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Something the provider did, as the provider reports it.
 *
 * @param reference the provider's own, unique name for it
 * @param amount what it moved, or would have moved
 * @param merchantReference our name for the payment at the provider: the order id
 * @param parent the reference of what it acts on; empty for what begins a payment
 */
public record ProviderTransaction(
    Kind kind, String reference, Money amount, String merchantReference, Optional<String> parent) {
  /** What a provider can do with money. */
  public enum Kind {
    AUTHORIZATION,
    CAPTURE,
    VOID,
    CHARGE,
    REFUND,
    /** A refund that came back. */
    REFUND_FAILED,
    /** Taken back by the customer's bank. */
    CHARGEBACK,
    /** A chargeback that came back. */
    CHARGEBACK_REVERSED;

    /**
     * What a step makes.
     *
     * @throws IllegalArgumentException for a step that moves no money
     */
    public static Kind of(Step step) {
      return switch (step) {
        case AUTHORIZE -> AUTHORIZATION;
        case CAPTURE -> CAPTURE;
        case VOID -> VOID;
        case CHARGE, RECEIVE -> CHARGE;
        case REFUND, REPORTED_REFUND -> REFUND;
        case REFUND_FAILED -> REFUND_FAILED;
        case CHARGEBACK -> CHARGEBACK;
        case CHARGEBACK_REVERSED -> CHARGEBACK_REVERSED;
        default -> throw new IllegalArgumentException(step.word() + " moves no money");
      };
    }
  }

  public ProviderTransaction {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(merchantReference, "merchantReference");
    parent = parent == null ? Optional.empty() : parent;
  }
}
