package dev.orderflow.workflows.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What became of a wish for a refund.
 *
 * @param status where the order stands
 * @param refund the refund's own key, and
 * @param amount how much it is; both absent where it was refused before any was decided
 * @param left what can still be given back
 * @param reason why, for everything but {@link Verdict#REFUNDED}
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RefundReply(
    Verdict verdict,
    OrderStatus status,
    Optional<StepKey> refund,
    Optional<Money> amount,
    Optional<Money> left,
    Optional<Reason> reason) {

  /** The answer. */
  public enum Verdict {
    /** Given back. */
    REFUNDED,
    /** The provider refused, or what became of it is not known: an operator decides. */
    IN_REVIEW,
    /** Not given back, and it will not be. */
    REFUSED
  }

  public RefundReply {
    refund = refund == null ? Optional.empty() : refund;
    amount = amount == null ? Optional.empty() : amount;
    left = left == null ? Optional.empty() : left;
    reason = reason == null ? Optional.empty() : reason;
  }

  public static RefundReply refused(OrderStatus status, Reason why) {
    return new RefundReply(
        Verdict.REFUSED,
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(why));
  }
}
