package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;

/**
 * The wish to take an order back.
 *
 * @param ending how the order is to end; the first wish recorded decides
 * @param generation of the story that wishes it; the first when absent. Of a person's wish it does
 *     not matter
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record UndoRequest(
    OrderId orderId,
    OrderStatus ending,
    Reason reason,
    Decision decision,
    Optional<Integer> generation) {

  public UndoRequest {
    generation = generation == null ? Optional.empty() : generation;
  }

  /** In the first generation. */
  public UndoRequest(OrderId orderId, OrderStatus ending, Reason reason, Decision decision) {
    this(orderId, ending, reason, decision, Optional.empty());
  }
}
