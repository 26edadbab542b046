package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import java.util.Optional;

/**
 * An operator's decision about a {@link Review}.
 *
 * @param expectedVersion the version of the review it is about
 * @param reference the provider's own name for what was done; required with {@link
 *     Review.Choice#ACCEPT} of a payment step
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReviewDecision(
    Decision decision, int expectedVersion, Review.Choice choice, Optional<String> reference) {

  public ReviewDecision {
    Objects.requireNonNull(decision, "decision");
    Objects.requireNonNull(choice, "choice");
    reference = reference == null ? Optional.empty() : reference;
  }
}
