package dev.orderflow.activities.payment;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A payment as our books have it.
 *
 * @param key of its charge or authorization
 * @param amount what was asked for
 * @param captured what the provider says it took; zero until then
 * @param refunded what was asked to be given back of it, unless it was refused
 */
record BookedPayment(
    StepKey key,
    OrderId orderId,
    String channel,
    Money amount,
    Optional<StepKey> captureKey,
    Money captured,
    Money refunded) {
  /** What can still be given back. */
  Money left() {
    return captured.minus(refunded);
  }

  /** The step that takes the money: the charge, or the capture of the authorization. */
  StepKey forward() {
    return captureKey.orElse(key);
  }
}
