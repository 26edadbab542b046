package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How an order is paid, decided when it is accepted.
 *
 * @param channels at least one, in the order they are tried: the next one only where the former has
 *     certainly done nothing
 * @param hold how long the order waits for approval between authorize and capture; empty where
 *     nothing stands between and the two are one charge
 * @param waiting how the customer is waited for; empty where the channels answer at once
 * @param holdReason why the order waits for approval; empty where it does not, or where its amount
 *     is the reason
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PaymentPlan(
    List<String> channels,
    Optional<Duration> hold,
    Optional<PaymentWait> waiting,
    Optional<Reason> holdReason) {

  public PaymentPlan {
    channels = List.copyOf(channels);
    hold = hold == null ? Optional.empty() : hold;
    waiting = waiting == null ? Optional.empty() : waiting;
    holdReason = holdReason == null ? Optional.empty() : holdReason;
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("channels: none");
    }
  }

  /** One that holds, if at all, because of its amount. */
  public PaymentPlan(
      List<String> channels, Optional<Duration> hold, Optional<PaymentWait> waiting) {
    this(channels, hold, waiting, Optional.empty());
  }

  /** By one channel that answers at once. */
  public static PaymentPlan by(String channel) {
    return new PaymentPlan(List.of(channel), Optional.empty(), Optional.empty());
  }

  /** By some of the channels, waiting for approval for that reason. */
  public PaymentPlan held(List<String> by, Duration atMost, Reason why) {
    return new PaymentPlan(by, Optional.of(atMost), waiting, Optional.of(why));
  }

  /** The channel that is tried first. */
  public String channel() {
    return channels.get(0);
  }
}
