package dev.orderflow.activities.payment;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A payment as our books have it.
 *
 * @param key of its charge or authorization
 * @param amount what was asked for
 * @param captured what the provider says it took; zero until then
 * @param refunded what was asked to be given back of it, unless it was refused or came back
 * @param returned what went back without our asking, less what of that came back; may be more than
 *     was left
 * @param disputed whether the customer's objection to it is open, or was heard by the bank
 */
record BookedPayment(
    StepKey key,
    OrderId orderId,
    String channel,
    Money amount,
    Optional<StepKey> captureKey,
    Money captured,
    Money refunded,
    Money returned,
    boolean disputed) {
  /** What can still be given back; 0 or more. */
  Money left() {
    Money left = captured.minus(refunded).minus(returned);
    return left.isNegative() ? Money.zero(left.getCurrencyUnit()) : left;
  }

  /** What can be given back by that refund of it, which may be counted already; 0 or more. */
  Money leftBeside(BookedRefund refund) {
    Money others = refund.counted() && refund.stands() ? refunded.minus(refund.amount()) : refunded;
    Money left = captured.minus(others).minus(returned);
    return left.isNegative() ? Money.zero(left.getCurrencyUnit()) : left;
  }

  /** Why that refund of it is not asked for; absent where nothing stands against it. */
  Optional<Reason> objection(BookedRefund refund) {
    Money left = leftBeside(refund);
    return objection()
        .or(
            () ->
                refund.amount().isGreaterThan(left)
                    ? Optional.of(
                        new Reason(
                            "MORE_THAN_LEFT",
                            refund.amount() + " is more than what is left since, " + left + "."))
                    : Optional.empty());
  }

  /** Why nothing of it is given back; absent where nothing stands against it. */
  Optional<Reason> objection() {
    return disputed
        ? Optional.of(
            new Reason(
                Reason.DISPUTED,
                "The customer disputes the payment: what their bank takes back would be given back"
                    + " twice."))
        : Optional.empty();
  }

  /** The step that takes the money: the charge, or the capture of the authorization. */
  StepKey forward() {
    return captureKey.orElse(key);
  }
}
