package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Reason;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger says of an order when its workflow begins, or begins again.
 *
 * @param status {@link OrderStatus#COMPENSATING}: go on undoing, also where a failed undo was in
 *     review; an ending other than {@link OrderStatus#COMPLETED}: it is over; any other: go on
 * @param plan absent only for an order rejected at once
 * @param document as it was placed; only for an order that is recovered
 * @param approved whether an operator has approved the order already: it is not held again
 * @param steps what was done for it, oldest first; only for an order that is recovered
 * @param revival absent while the order is in its first generation
 * @param paidBy the channel that took what the order is paid with, or was asked for it last; absent
 *     where none was
 * @param balance what its payments took and gave back; only of an order that was completed or has
 *     ended, and absent where none took anything
 * @param archived only of an order that is archived: then there is nothing to be done, and status
 *     and reason are those with which it ended
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Acceptance(
    OrderStatus status,
    Optional<Reason> reason,
    Optional<OrderPlan> plan,
    Optional<OrderDocument> document,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean approved,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OrderView.StepView> steps,
    Optional<Revival> revival,
    Optional<String> paidBy,
    Optional<PaymentBalance> balance,
    Optional<Archived> archived) {

  public Acceptance {
    reason = reason == null ? Optional.empty() : reason;
    plan = plan == null ? Optional.empty() : plan;
    document = document == null ? Optional.empty() : document;
    steps = steps == null ? List.of() : List.copyOf(steps);
    revival = revival == null ? Optional.empty() : revival;
    paidBy = paidBy == null ? Optional.empty() : paidBy;
    balance = balance == null ? Optional.empty() : balance;
    archived = archived == null ? Optional.empty() : archived;
  }

  /** Of an order that nobody has approved. */
  public Acceptance(
      OrderStatus status,
      Optional<Reason> reason,
      Optional<OrderPlan> plan,
      Optional<OrderDocument> document) {
    this(
        status,
        reason,
        plan,
        document,
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Of an order that is archived. */
  public static Acceptance archived(OrderStatus ending, Optional<Reason> reason, Archived since) {
    return new Acceptance(
        ending,
        reason,
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(since));
  }
}
