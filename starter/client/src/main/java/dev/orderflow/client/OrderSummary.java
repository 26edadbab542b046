package dev.orderflow.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * An order in a list, as Temporal's index knows it, which may be a second behind.
 *
 * @param placedAt when the oldest run of its workflow that is kept began
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderSummary(
    OrderId orderId,
    OrderStatus status,
    Optional<CustomerId> customer,
    Optional<String> channel,
    Instant placedAt,
    Progress progress) {

  /** Whether someone works on it. */
  public enum Progress {
    RUNNING,
    ENDED,
    /** Its workflow was ended from outside before the order had: {@code recover} goes on. */
    BROKEN_OFF
  }
}
