package dev.orderflow.activities.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A customer's objection against a payment, as our books have it.
 *
 * @param reference the provider's own name for it
 * @param payment the key of the charge or authorization that it is about
 * @param state WON and LOST are the shop's, and final
 * @param evidenceDueBy until when the shop may answer; absent where it can't
 * @param openedAt when it was opened; absent where the provider does not say, or did not when the
 *     shop heard of it
 * @param heardAt when the shop heard of it
 * @param closedAt when the shop heard how it ended; absent while it is open
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DisputeCase(
    String channel,
    String reference,
    OrderId orderId,
    StepKey payment,
    Money amount,
    DisputeState state,
    Optional<Reason> reason,
    Optional<Instant> evidenceDueBy,
    Optional<Instant> openedAt,
    Instant heardAt,
    Optional<Instant> closedAt,
    DisputeEvidence evidence) {

  /** Whether it still stands as it is reported; what was decided needs no answer any more. */
  boolean isAs(BookedPayment reportedOf, Movements.Dispute reported) {
    return orderId.equals(reportedOf.orderId())
        && state == reported.state()
        && amount.equals(reported.amount())
        && (state != DisputeState.OPEN || evidenceDueBy.equals(reported.evidenceDueBy()));
  }
}
