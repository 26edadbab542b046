package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/**
 * Asks providers to give money back. What we ask for never exceeds what was captured: the payment's
 * counter is raised in the transaction that claims the call, and lowered only when it is certain
 * that the refund was not made and will not be.
 */
final class Refunds {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;

  Refunds(
      Transactions transactions,
      Ledger ledger,
      Attempts attempts,
      Bookkeeping books,
      ProviderCalls calls) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
  }

  /**
   * A refund to ask for.
   *
   * @param payload what its key stands for
   * @param reference the provider's name for the charge or capture
   */
  record Asked(StepKey key, Object payload, StepKey forward, String reference, Money amount) {}

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
    StepKey forward = payment.forward();
    String reference = ledger.find(forward).flatMap(Operation::reference).orElseThrow();
    Part part = new Part(key, forward, refund.amount());
    return attempts.make(
        key,
        payment.channel(),
        attempt -> carryOut(new Asked(key, part, forward, reference, refund.amount()), attempt));
  }

  Outcome carryOut(Asked asked, Attempt attempt) {
    String order = asked.key.order().value();
    ProviderTransaction payment =
        new ProviderTransaction(
            Kind.of(asked.forward.step()),
            asked.reference,
            books.payment(asked.forward).orElseThrow().captured(),
            order,
            Optional.empty());
    return calls.carryOut(
        new ProviderCall(
            asked.key,
            asked.payload,
            new Expectation(Kind.REFUND, asked.amount, order, Optional.of(asked.reference)),
            tx -> count(tx, asked),
            (channel, key, budget) -> channel.refund(key, payment, asked.amount, budget)),
        attempt);
  }

  private void count(Handle tx, Asked asked) {
    BookedPayment payment = books.payments().find(tx, asked.forward).orElseThrow();
    books.refunds().insert(tx, asked.key, payment.key(), asked.amount, Optional.empty());
    if (!books.refunds().count(tx, asked.key)) {
      // Nothing is asked for. An undo counts again what is left; a wish was overtaken by it.
      throw StepFailure.unsettled(
          asked.key,
          Outcome.notExecuted(
              new Reason("ANOTHER_REFUND", "Another refund of " + payment.key() + " was faster.")));
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
