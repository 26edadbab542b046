package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;

/**
 * What the ledger says of an order when its workflow begins, or begins again.
 *
 * @param status {@link OrderStatus#PLACED} or {@link OrderStatus#COMPLETED}: go on; {@link
 *     OrderStatus#COMPENSATING}: go on undoing; any other ending: it is over
 * @param plan absent only for an order rejected at once
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Acceptance(OrderStatus status, Optional<Reason> reason, Optional<OrderPlan> plan) {

  public Acceptance {
    reason = reason == null ? Optional.empty() : reason;
    plan = plan == null ? Optional.empty() : plan;
  }
}
