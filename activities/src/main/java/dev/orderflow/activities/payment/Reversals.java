package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.UndoList;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Gives money back that was taken: what is left once it is known what went back already, and only
 * where nobody disputes it. Where nothing was taken there is nothing to do.
 */
final class Reversals {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final Forwards forwards;
  private final Refunds refunds;
  private final Inquiries inquiries;

  Reversals(
      Transactions transactions,
      Ledger ledger,
      Orders orders,
      Attempts attempts,
      Bookkeeping books,
      Forwards forwards,
      Refunds refunds,
      Inquiries inquiries) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.attempts = attempts;
    this.books = books;
    this.forwards = forwards;
    this.refunds = refunds;
    this.inquiries = inquiries;
  }

  Outcome refund(Reversal reversal) {
    return forwards
        .fenced(reversal.forward())
        .map(
            taking ->
                attempts.make(
                    reversal.key(),
                    taking.payment().channel(),
                    attempt -> refund(reversal, taking, attempt)))
        .orElseGet(() -> forwards.nothingToDo(reversal));
  }

  private Outcome refund(Reversal reversal, Taking taking, Attempt attempt) {
    Outcome taken = forwards.settled(reversal.key(), taking.key(), taking.payment(), attempt);
    if (taken.state() != State.SUCCEEDED) {
      return Expectation.isOdd(taken) ? toDecide(reversal, taken) : forwards.nothingToDo(reversal);
    }
    String reference = taken.reference().orElseThrow();
    if (taking.atMost().isEmpty()) {
      refunds.settleOthers(reversal.key(), taking.payment().key(), reference, attempt);
    }
    Optional<BookedRefund> begun = books.refund(reversal.key());
    if (begun.isPresent() && begun.get().state() != Operation.State.NOT_EXECUTED) {
      return refunds.carryOut(asked(reversal, taking, reference, begun.get().amount()), attempt);
    }
    inquiries
        .ask(taking.payment(), reference, attempt)
        .ifPresent(
            why -> {
              throw StepFailure.unsettled(reversal.key(), Outcome.unknown(why));
            });
    // Read again: only now it is certain what was taken, and what of it was given back.
    Taking now = books.taking(reversal.forward()).orElseThrow();
    Money amount = begun.map(BookedRefund::amount).orElseGet(now::amount);
    Refunds.Asked asked = asked(reversal, taking, reference, amount);
    if (amount.isZero()) {
      return forwards.nothingToDo(reversal);
    }
    return begun
        .map(now.payment()::objection)
        .orElseGet(now.payment()::objection)
        .flatMap(why -> refunds.refused(asked, why))
        .orElseGet(() -> refunds.carryOut(asked, attempt));
  }

  private static Refunds.Asked asked(
      Reversal reversal, Taking taking, String reference, Money amount) {
    return new Refunds.Asked(
        reversal.key(), reversal, reversal.forward(), taking.key(), reference, amount);
  }

  /** What came instead was booked for itself, and waits for a person. */
  private Outcome toDecide(Reversal reversal, Outcome taken) {
    return ledger.once(
        reversal.key(), reversal, tx -> Outcome.declined(taken.reason().orElseThrow()));
  }

  /** The undo is not carried out, nor proposed again. */
  void giveUp(Undo undo) {
    transactions.in(
        tx -> {
          orders.lock(tx, undo.key().order());
          ledger.giveUp(
              tx,
              undo.key(),
              undo.forward(),
              new Reason(UndoList.GIVEN_UP, "a person decided to leave it as it is"));
          books.counter().refuse(tx, undo.key());
          return undo;
        });
  }
}
