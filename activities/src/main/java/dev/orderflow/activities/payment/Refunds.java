package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Preparation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/**
 * Asks providers to give money back. What we ask for never exceeds what was captured: the payment's
 * counter is raised in the transaction that claims the call, and lowered only when it is certain
 * that the refund was not made and will not be.
 */
@Singleton
final class Refunds {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls ledgerCalls;
  private final Orders orders;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;

  @Inject
  Refunds(
      Transactions transactions,
      Ledger ledger,
      Calls ledgerCalls,
      Orders orders,
      Attempts attempts,
      Bookkeeping books,
      ProviderCalls calls) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.ledgerCalls = ledgerCalls;
    this.orders = orders;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
  }

  /**
   * A refund to ask for.
   *
   * @param payload what its key stands for
   * @param effect what it undoes; otherwise as {@code taken}
   * @param taken the charge or capture that it gives back of
   * @param reference the provider's name for that
   */
  record Asked(
      StepKey key, Object payload, StepKey effect, StepKey taken, String reference, Money amount) {

    /** Whether it gives back money because it came unasked. */
    boolean isOfUnasked() {
      return taken.step() == Step.RECEIVE && payload instanceof Reversal && effect.equals(taken);
    }
  }

  /** What the key of a refund at somebody's wish stands for. */
  record Part(StepKey key, StepKey forward, Money amount) {}

  /** Gives back what was decided under that key. */
  Outcome giveBack(StepKey key) {
    BookedRefund refund =
        books
            .refund(key)
            .orElseThrow(
                () ->
                    StepFailure.never(
                        key, new Reason("NOT_DECIDED", "No refund was decided as " + key + ".")));
    BookedPayment payment = books.payment(refund.payment()).orElseThrow();
    StepKey taken = payment.forward();
    StepKey effect = refund.undoes().orElse(taken);
    Object payload =
        refund.undoes().isPresent()
            ? new Reversal(key, effect)
            : new Part(key, taken, refund.amount());
    String reference = ledger.find(taken).flatMap(Operation::reference).orElseThrow();
    Asked asked = new Asked(key, payload, effect, taken, reference, refund.amount());
    return objection(refund, payment)
        .flatMap(why -> refused(asked, why))
        .orElseGet(
            () -> attempts.make(key, payment.channel(), attempt -> carryOut(asked, attempt)));
  }

  /** Why what was decided is not asked for any more. */
  private static Optional<Reason> objection(BookedRefund refund, BookedPayment payment) {
    return refund.refused() || refund.state() != Operation.State.NOT_EXECUTED
        ? Optional.empty()
        : payment.objection(refund);
  }

  /** Nobody is asked; empty where somebody was, so that its outcome is to be found out. */
  Optional<Outcome> refused(Asked asked, Reason why) {
    Outcome kept =
        ledgerCalls.refuse(
            asked.key, asked.payload, why, tx -> books.counter().refuse(tx, asked.key));
    return Optional.of(kept).filter(Outcome::isDeclined);
  }

  Outcome carryOut(Asked asked, Attempt attempt) {
    String order = asked.key.order().value();
    ProviderTransaction payment =
        new ProviderTransaction(
            Kind.of(asked.taken.step()),
            asked.reference,
            books.payment(asked.taken).orElseThrow().captured(),
            order,
            Optional.empty());
    return calls.carryOut(
        new ProviderCall(
            asked.key,
            asked.payload,
            new Expectation(Kind.REFUND, asked.amount, order, Optional.of(asked.reference)),
            new Counting(asked),
            (channel, key, budget) -> channel.refund(key, payment, asked.amount, budget)),
        attempt);
  }

  /** Counts what is given back, where the order does not stand on it. */
  private final class Counting implements Preparation {
    private final Asked asked;

    Counting(Asked asked) {
      this.asked = asked;
    }

    /** So that whoever decides about the order sees this refund, or this one the decision. */
    @Override
    public void lock(Handle tx) {
      if (asked.isOfUnasked()) {
        orders.lock(tx, asked.key.order());
      }
    }

    @Override
    public void prepare(Handle tx) {
      if (asked.isOfUnasked()) {
        requireNotStoodOn(tx, asked);
      }
      count(tx, asked);
    }
  }

  private void count(Handle tx, Asked asked) {
    BookedPayment payment = books.payments().find(tx, asked.taken).orElseThrow();
    books.insertRefund(tx, asked.key, asked.effect, payment, asked.amount);
    if (!books.counter().count(tx, asked.key)) {
      // Nothing is asked for. An undo counts again what is left; a wish was overtaken by it.
      throw StepFailure.unsettled(
          asked.key,
          Outcome.notExecuted(
              new Reason("ANOTHER_REFUND", "Another refund of " + payment.key() + " was faster.")));
    }
  }

  /** What an order goes on with is not given back as if it had come unasked. */
  private void requireNotStoodOn(Handle tx, Asked asked) {
    Optional<StepKey> standsOn = orders.get(tx, asked.key.order()).standsOn();
    if (standsOn.equals(Optional.of(asked.taken))) {
      throw StepFailure.never(
          asked.key, new Reason(Revival.REVIVED, "The order goes on with " + asked.taken + "."));
    }
  }

  /**
   * Finds out, by questions alone, what became of the payment's other refunds, which can't be asked
   * for any more; what is still in doubt is thrown.
   */
  void settleOthers(StepKey undo, StepKey payment, String reference, Attempt attempt) {
    for (BookedRefund other : others(undo, payment)) {
      Expectation expectation =
          new Expectation(
              Kind.REFUND, other.amount(), undo.order().value(), Optional.of(reference));
      Outcome outcome = calls.settleForUndo(undo, other.key(), expectation, attempt);
      if (outcome.state() != State.SUCCEEDED) {
        books.refuse(other.key());
      }
    }
  }

  private List<BookedRefund> others(StepKey undo, StepKey payment) {
    return transactions.read(tx -> books.refunds().ofOrder(tx, undo.order())).stream()
        .filter(other -> other.payment().equals(payment) && !other.key().equals(undo))
        .filter(BookedRefund::isOpen)
        .toList();
  }
}
