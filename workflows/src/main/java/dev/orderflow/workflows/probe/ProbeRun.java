package dev.orderflow.workflows.probe;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.orderflow.workflows.order.OrderId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One order that is placed only to see whether a channel pays and refunds.
 *
 * @param meantAt when the schedule meant it to begin, in whole seconds; with the channel, what
 *     makes it one run however often it is begun
 */
public record ProbeRun(String channel, Instant meantAt) {

  public ProbeRun {
    Objects.requireNonNull(channel, "channel");
    meantAt = meantAt.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The key that its order is placed under. */
  @JsonIgnore
  public String key() {
    return "probe/" + channel + "/" + meantAt;
  }

  /** Its order. */
  @JsonIgnore
  public OrderId orderId() {
    return OrderId.ofKey(key());
  }
}
