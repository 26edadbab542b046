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
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/**
 * Gives money back that was taken: what is left once it is known what went back already, and only
 * where nobody disputes it. Where nothing was taken there is nothing to do.
 */
@Singleton
final class Reversals {
  private static final String GIVEN_BACK_MEANWHILE = "GIVEN_BACK_MEANWHILE";

  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final Forwards forwards;
  private final Refunds refunds;
  private final Inquiries inquiries;
  private final MovementStore movements = new MovementStore();

  @Inject
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
        .or(() -> transactions.read(tx -> meanwhile(tx, reversal, now.payment())))
        .flatMap(why -> refunds.refused(asked, why))
        .orElseGet(() -> refunds.carryOut(asked, attempt));
  }

  /**
   * What the provider gave back of its own after the refund had come back: perhaps just that. Who
   * decided before it was known is asked once more; also where a worker died in between.
   */
  private Optional<Reason> meanwhile(Handle tx, Reversal reversal, BookedPayment payment) {
    if (reversal.forward().step() != Step.REFUND_FAILED) {
      return Optional.empty();
    }
    List<Operation> effects = ledger.effects(tx, payment.orderId());
    long since =
        effects.stream()
            .filter(known -> known.key().equals(reversal.forward()) || isToldOf(known, reversal))
            .mapToLong(Operation::seq)
            .max()
            .orElseThrow();
    return effects.stream()
        .filter(made -> made.key().step() == Step.REPORTED_REFUND && made.seq() > since)
        .filter(made -> made.forward().equals(Optional.of(payment.forward())))
        .flatMap(made -> movements.amount(tx, made.key()).stream())
        .map(
            amount ->
                new Reason(
                    GIVEN_BACK_MEANWHILE,
                    "The provider has refunded " + amount + " of its own meanwhile; look again."))
        .findFirst();
  }

  /** An earlier decision that was refused for it. */
  private static boolean isToldOf(Operation undo, Reversal reversal) {
    return undo.forward().equals(Optional.of(reversal.forward()))
        && undo.reason().filter(why -> why.code().equals(GIVEN_BACK_MEANWHILE)).isPresent();
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
