package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Outcome;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a payment stands.
 *
 * @param outcome {@code PENDING} while the provider waits for the customer
 * @param nextAction what the customer has to do; only while {@code PENDING}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PaymentAnswer(Outcome outcome, Optional<NextAction> nextAction) {

  public PaymentAnswer {
    Objects.requireNonNull(outcome, "outcome");
    nextAction = nextAction == null ? Optional.empty() : nextAction;
    if (nextAction.isPresent() && outcome.state() != Outcome.State.PENDING) {
      throw new IllegalArgumentException("a next action of a payment that is " + outcome.state());
    }
  }

  /** Of a payment that needs nothing of the customer. */
  public static PaymentAnswer of(Outcome outcome) {
    return new PaymentAnswer(outcome, Optional.empty());
  }
}
