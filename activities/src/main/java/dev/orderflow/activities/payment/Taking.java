package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Money that was taken, and is to be given back.
 *
 * @param key of what took it: a charge, a capture, or what came unasked
 * @param atMost what came back of it and is given back again; absent where all is that is left
 */
record Taking(StepKey key, BookedPayment payment, Optional<Money> atMost) {
  /** How much is to be given back; 0 or more. */
  Money amount() {
    Money left = payment.left();
    return atMost.filter(most -> most.isSameCurrency(left) && most.isLessThan(left)).orElse(left);
  }
}
