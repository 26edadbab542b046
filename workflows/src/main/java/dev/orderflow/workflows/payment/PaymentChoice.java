package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * How a customer wants to pay after an attempt that failed.
 *
 * @param channel the same as before when absent
 * @param token the provider's token for the means of payment; never printed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PaymentChoice(Optional<String> channel, String token) {

  public PaymentChoice {
    channel = channel == null ? Optional.empty() : channel;
  }

  @Override
  public String toString() {
    return "PaymentChoice[" + channel + "]";
  }
}
