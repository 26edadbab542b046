package dev.orderflow.activities.payment;

import dev.orderflow.workflows.payment.PaymentWait;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a customer is waited for where the channel's provider leaves something to them. Kept with
 * each order that is accepted: a later change applies to later orders.
 *
 * @param deadline after which the payment is closed and the order taken back; 30 minutes when
 *     absent
 * @param attempts how often the customer may try, from 1; 3 when absent
 * @param ladder the pauses before the provider is asked, in case its callback is lost, the last one
 *     repeated; 10 s, 20 s, 30 s, 1 min, 5 min, 15 min, 1 h when absent
 * @param late what becomes of an order that is paid after the deadline; {@code RETURN} when absent
 * @param reviveWithin how long after its ending it is revived; 24 h when absent
 */
public record WaitingConfig(
    Duration deadline, Integer attempts, List<Duration> ladder, Late late, Duration reviveWithin) {

  /** What becomes of an order that is paid after the deadline. */
  public enum Late {
    /** The money is given back. */
    RETURN,
    /** The order goes on, where its goods and its coupon are still to be had. */
    REVIVE
  }

  private static final List<Duration> LADDER =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1));

  public WaitingConfig {
    deadline = deadline == null ? Duration.ofMinutes(30) : deadline;
    attempts = attempts == null ? 3 : attempts;
    ladder = ladder == null ? LADDER : List.copyOf(ladder);
    late = late == null ? Late.RETURN : late;
    reviveWithin = reviveWithin == null ? Duration.ofHours(24) : reviveWithin;
    // It says what is wrong, also of what is not used.
    new PaymentWait(deadline, attempts, ladder, Optional.of(reviveWithin));
  }

  public static WaitingConfig defaults() {
    return new WaitingConfig(null, null, null, null, null);
  }

  PaymentWait plan() {
    return new PaymentWait(
        deadline, attempts, ladder, Optional.of(reviveWithin).filter(x -> late == Late.REVIVE));
  }
}
