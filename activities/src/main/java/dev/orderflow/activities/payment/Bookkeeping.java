package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.UndoList;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/** Writes what a provider reports: the ledger, the payment and the report are one transaction. */
@Singleton
final class Bookkeeping {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls calls;
  private final PaymentStore payments = new PaymentStore();
  private final RefundStore refunds = new RefundStore();
  private final RefundCounter counter = new RefundCounter();
  private final MovementStore movements = new MovementStore();
  private final Orders orders;
  private final Receipts receipts;

  @Inject
  Bookkeeping(
      Transactions transactions, Ledger ledger, Calls calls, Orders orders, Receipts receipts) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.calls = calls;
    this.orders = orders;
    this.receipts = receipts;
  }

  Optional<BookedPayment> payment(StepKey forward) {
    return transactions.read(tx -> payments.find(tx, forward));
  }

  /** What is given back when that effect is undone; empty where nothing was ever asked for. */
  Optional<Taking> taking(StepKey effect) {
    return transactions.read(tx -> taking(tx, effect));
  }

  Optional<Taking> taking(Handle tx, StepKey effect) {
    if (!UndoList.cameBack(effect)) {
      return payments.find(tx, effect).map(paid -> new Taking(effect, paid, Optional.empty()));
    }
    return ledger
        .find(tx, effect)
        .flatMap(Operation::forward)
        .flatMap(
            paid ->
                payments
                    .find(tx, paid)
                    .map(payment -> new Taking(paid, payment, movements.amount(tx, effect))));
  }

  /** A refund that is made to undo an effect; for the same lines as one that came back. */
  void insertRefund(Handle tx, StepKey key, StepKey effect, BookedPayment payment, Money amount) {
    if (effect.step() == Step.REFUND_FAILED) {
      movements
          .failed(tx, effect)
          .flatMap(failed -> refunds.newest(tx, failed))
          .filter(failed -> !failed.key().equals(key) && failed.amount().equals(amount))
          .ifPresent(failed -> refunds.insertInsteadOf(tx, failed.key(), key));
    }
    refunds.insert(tx, key, payment.key(), amount, Optional.empty());
  }

  Optional<NextAction> nextAction(StepKey payment) {
    return transactions.read(tx -> payments.nextAction(tx, payment));
  }

  /** How the provider calls what was asked for under the key, as far as it has said. */
  Optional<String> reference(StepKey key) {
    return ledger.find(key).flatMap(Operation::reference);
  }

  Optional<BookedRefund> refund(StepKey key) {
    return transactions.read(tx -> refunds.find(tx, key));
  }

  PaymentStore payments() {
    return payments;
  }

  RefundCounter counter() {
    return counter;
  }

  RefundStore refunds() {
    return refunds;
  }

  /** Records what became of a claimed call; returns what the ledger now holds. */
  Outcome settle(Claim.Held held, PaymentChannel channel, Answer answer) {
    StepKey key = held.key();
    try {
      return transactions.in(
          tx -> {
            if (Expectation.isOdd(answer)) {
              // Money that is booked for itself takes a further key: first the order is locked.
              orders.lock(tx, key.order());
            }
            Outcome kept = calls.settle(tx, held, answer.outcome());
            enter(tx, channel.name(), key, answer);
            return kept;
          });
    } catch (BelongsElsewhere e) {
      return calls.settle(held, Outcome.unknown(e.reason()));
    }
  }

  /** Gives up a refund that is fenced, or was not made and never will be. */
  void refuse(StepKey refund) {
    transactions.in(
        tx -> {
          counter.refuse(tx, refund);
          return refund;
        });
  }

  /** Writes the report; what is odd about it is booked, or kept for a person. */
  void enter(Handle tx, String channel, StepKey key, Answer answer) {
    answer
        .transaction()
        .ifPresent(
            reported -> {
              if (!payments.insertReport(tx, channel, key, reported)) {
                throw new BelongsElsewhere(
                    "The provider's " + reported.reference() + " belongs to another operation.");
              }
            });
    if (Expectation.isOdd(answer)) {
      receipts.receive(
          tx, payments.find(tx, key).orElseThrow(), key, answer.transaction().orElseThrow());
    } else if (answer.outcome().reason().filter(Expectation::isDifference).isPresent()) {
      receipts.keepDifference(tx, key, answer.transaction().orElseThrow());
    }
    answer.nextAction().ifPresent(action -> payments.enterNextAction(tx, key, action));
    if (answer.outcome().isDeclined() && key.step() == Step.REFUND) {
      counter.refuse(tx, key);
    }
    if (answer.outcome().state() == State.SUCCEEDED
        && (key.step() == Step.CHARGE || key.step() == Step.CAPTURE)) {
      payments.enterCaptured(tx, key, answer.transaction().orElseThrow().amount());
    }
  }
}
