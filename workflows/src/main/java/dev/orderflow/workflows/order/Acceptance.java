package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;

/**
 * What the ledger says of an order when its workflow begins, or begins again.
 *
 * @param status {@link OrderStatus#COMPENSATING}: go on undoing, also where a failed undo was in
 *     review; an ending other than {@link OrderStatus#COMPLETED}: it is over; any other: go on
 * @param plan absent only for an order rejected at once
 * @param document as it was placed; only for an order that is recovered
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Acceptance(
    OrderStatus status,
    Optional<Reason> reason,
    Optional<OrderPlan> plan,
    Optional<OrderDocument> document) {

  public Acceptance {
    reason = reason == null ? Optional.empty() : reason;
    plan = plan == null ? Optional.empty() : plan;
    document = document == null ? Optional.empty() : document;
  }
}
