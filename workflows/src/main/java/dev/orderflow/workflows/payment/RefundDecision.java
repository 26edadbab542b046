package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What the ledger decided about a wish for a refund.
 *
 * @param status where the order stands
 * @param refusal why nothing is given back; then nothing was written
 * @param refund what is given back; absent where it is refused
 * @param steps what was done for the order, oldest first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RefundDecision(
    OrderStatus status,
    Optional<Reason> refusal,
    Optional<Decided> refund,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OrderView.StepView> steps) {

  public RefundDecision {
    refusal = refusal == null ? Optional.empty() : refusal;
    refund = refund == null ? Optional.empty() : refund;
    steps = steps == null ? List.of() : List.copyOf(steps);
    if (refusal.isPresent() == refund.isPresent()) {
      throw new IllegalArgumentException("neither refused nor decided, or both");
    }
  }

  /**
   * A refund.
   *
   * @param key its own
   * @param forward the charge or capture that it gives back of
   */
  public record Decided(StepKey key, StepKey forward, Money amount) {}

  public static RefundDecision refused(OrderStatus status, Reason why) {
    return new RefundDecision(status, Optional.of(why), Optional.empty(), List.of());
  }

  public static RefundDecision decided(OrderStatus status, Decided refund) {
    return new RefundDecision(status, Optional.empty(), Optional.of(refund), List.of());
  }

  /** The same, with what was done for the order. */
  public RefundDecision after(List<OrderView.StepView> done) {
    return new RefundDecision(status, refusal, refund, done);
  }
}
