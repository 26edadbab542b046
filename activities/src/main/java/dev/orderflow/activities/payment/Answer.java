package dev.orderflow.activities.payment;

import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import java.util.Objects;
import java.util.Optional;

/**
 * What a channel learned from one call.
 *
 * @param outcome of a request: what became of it; of a question: what the provider knows, where
 *     {@code NOT_EXECUTED} means that it knows of nothing
 * @param transaction what the provider reports; always there when it succeeded
 * @param nextAction what the customer has to do; only while {@code PENDING}
 */
public record Answer(
    Outcome outcome, Optional<ProviderTransaction> transaction, Optional<NextAction> nextAction) {
  /** The reason of a payment that waits for the customer. */
  public static final String AWAITING_CUSTOMER = "AWAITING_CUSTOMER";

  public Answer {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(nextAction, "nextAction");
    if (outcome.state() == Outcome.State.SUCCEEDED && transaction.isEmpty()) {
      throw new IllegalArgumentException("a success without a transaction");
    }
  }

  public static Answer succeeded(ProviderTransaction transaction) {
    return new Answer(
        Outcome.succeeded(transaction.reference()), Optional.of(transaction), Optional.empty());
  }

  /** Refused, finally. */
  public static Answer declined(Reason reason) {
    return new Answer(Outcome.declined(reason), Optional.empty(), Optional.empty());
  }

  /** Certain: this request did nothing; or, to a question: there is nothing. */
  public static Answer notExecuted(Reason reason) {
    return new Answer(Outcome.notExecuted(reason), Optional.empty(), Optional.empty());
  }

  /**
   * Accepted, and not done yet; or, with {@link Reason#IN_FLIGHT}, not even answered: an earlier
   * request with the key is under way.
   */
  public static Answer pending(Reason reason) {
    return new Answer(Outcome.pending(reason), Optional.empty(), Optional.empty());
  }

  /** The provider waits for the customer, and calls the payment so already. */
  public static Answer awaitsCustomer(ProviderTransaction payment, NextAction nextAction) {
    return new Answer(
        new Outcome(
            Outcome.State.PENDING,
            Optional.of(payment.reference()),
            Optional.of(new Reason(AWAITING_CUSTOMER, "The provider waits for the customer."))),
        Optional.of(payment),
        Optional.of(nextAction));
  }

  public static Answer unknown(Reason reason) {
    return new Answer(Outcome.unknown(reason), Optional.empty(), Optional.empty());
  }
}
