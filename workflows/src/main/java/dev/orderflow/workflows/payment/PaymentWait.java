package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the customer is waited for where a channel does not answer at once.
 *
 * @param deadline after which the payment is closed at the provider and the order taken back;
 *     counted from the first attempt
 * @param attempts how often the customer may try, 1 or more
 * @param ladder the pauses before the provider is asked, in case its callback is lost; the last one
 *     is repeated
 * @param reviveWithin how long after an order has ended unpaid at the deadline it goes on when it
 *     is paid after all; empty where such money is always given back
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PaymentWait(
    Duration deadline, int attempts, List<Duration> ladder, Optional<Duration> reviveWithin) {

  public PaymentWait {
    reviveWithin = reviveWithin == null ? Optional.empty() : reviveWithin;
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
    if (reviveWithin.filter(within -> within.isZero() || within.isNegative()).isPresent()) {
      throw new IllegalArgumentException(
          "revive-within: " + reviveWithin.get() + " is not above zero");
    }
  }

  /** What is paid after the deadline is given back. */
  public PaymentWait(Duration deadline, int attempts, List<Duration> ladder) {
    this(deadline, attempts, ladder, Optional.empty());
  }
}
