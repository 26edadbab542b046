package dev.orderflow.workflows.payment;

import java.time.Duration;
import java.util.List;

/**
 * How the customer is waited for where a channel does not answer at once.
 *
 * @param deadline after which the payment is closed at the provider and the order taken back;
 *     counted from the first attempt
 * @param attempts how often the customer may try, 1 or more
 * @param ladder the pauses before the provider is asked, in case its callback is lost; the last one
 *     is repeated
 */
public record PaymentWait(Duration deadline, int attempts, List<Duration> ladder) {

  public PaymentWait {
    ladder = List.copyOf(ladder);
    if (deadline.isZero() || deadline.isNegative()) {
      throw new IllegalArgumentException("deadline: " + deadline + " is not above zero");
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts: " + attempts + " is below 1");
    }
    if (ladder.isEmpty() || ladder.stream().anyMatch(p -> p.isZero() || p.isNegative())) {
      throw new IllegalArgumentException("ladder: " + ladder + " is not one pause or more");
    }
  }
}
