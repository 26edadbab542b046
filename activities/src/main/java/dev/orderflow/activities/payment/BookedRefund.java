package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * A refund as our books have it.
 *
 * @param payment the key of its charge or authorization
 * @param wish whose it is; absent where a payment was taken back
 * @param counted whether {@code payment.refunded_minor} was raised by it
 * @param refused whether it was lowered again: the refund will not be made
 * @param givenUp whether an operator decided that nothing more is tried
 * @param failed whether it was lowered again because the refund came back after it had been made
 * @param undoes the effect that it is the undo of; absent for a wish
 * @param state of its operation
 * @param lines what it is for; empty where it is by amount
 */
record BookedRefund(
    StepKey key,
    StepKey payment,
    Money amount,
    Optional<Wish> wish,
    boolean counted,
    boolean refused,
    boolean givenUp,
    boolean failed,
    Optional<StepKey> undoes,
    Operation.State state,
    List<PaymentBalance.Part> lines) {

  /** A client's wish. */
  record Wish(String key, String fingerprint, String reason) {}

  /** As it is shown. */
  PaymentBalance.Refund told() {
    return new PaymentBalance.Refund(
        key,
        amount,
        state == Operation.State.FENCED
            ? Outcome.State.NOT_EXECUTED
            : Outcome.State.valueOf(state.name()),
        wish.map(Wish::key),
        wish.map(Wish::reason),
        lines);
  }

  /** Whether what it is for was given back, or is to be. */
  boolean stands() {
    return !refused && !failed;
  }

  /** Whether the provider may have made it without our knowledge. */
  boolean isInDoubt() {
    return !refused && (state == Operation.State.PENDING || state == Operation.State.UNKNOWN);
  }

  /** Whether it is not known yet what becomes of it. */
  boolean isOpen() {
    return !refused && state != Operation.State.SUCCEEDED;
  }
}
