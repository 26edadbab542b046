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
 * @param channel which channel was asked for it; only where somebody asks about a payment by its
 *     key, which may have forgotten how it was made
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PaymentAnswer(
    Outcome outcome, Optional<NextAction> nextAction, Optional<String> channel) {

  public PaymentAnswer {
    Objects.requireNonNull(outcome, "outcome");
    nextAction = nextAction == null ? Optional.empty() : nextAction;
    channel = channel == null ? Optional.empty() : channel;
    if (nextAction.isPresent() && outcome.state() != Outcome.State.PENDING) {
      throw new IllegalArgumentException("a next action of a payment that is " + outcome.state());
    }
  }

  /** Of a payment that needs nothing of the customer. */
  public static PaymentAnswer of(Outcome outcome) {
    return new PaymentAnswer(outcome, Optional.empty());
  }

  /** Of a payment that is made. */
  public PaymentAnswer(Outcome outcome, Optional<NextAction> nextAction) {
    this(outcome, nextAction, Optional.empty());
  }

  /** The same, of a payment that this channel was asked for. */
  public PaymentAnswer by(String name) {
    return new PaymentAnswer(outcome, nextAction, Optional.of(name));
  }
}
