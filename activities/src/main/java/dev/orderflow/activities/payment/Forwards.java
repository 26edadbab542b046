package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * The forward calls that are to be undone. Each is fenced first and, where it is in doubt, settled
 * by questions alone: an undo never sends it again.
 */
@Singleton
final class Forwards {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Bookkeeping books;
  private final ProviderCalls calls;

  @Inject
  Forwards(Transactions transactions, Ledger ledger, Bookkeeping books, ProviderCalls calls) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.books = books;
    this.calls = calls;
  }

  /** No claim on the key is possible any more; what it took or may have, if it was ever claimed. */
  Optional<Taking> fenced(StepKey forward) {
    return transactions.in(
        tx -> {
          ledger.fence(tx, List.of(forward));
          return books.taking(tx, forward);
        });
  }

  /** As {@link ProviderCalls#settleForUndo}. */
  Outcome settled(StepKey undo, StepKey forward, BookedPayment payment, Attempt attempt) {
    Expectation expectation =
        new Expectation(
            Kind.of(forward.step()), payment.amount(), payment.orderId().value(), Optional.empty());
    return calls.settleForUndo(undo, forward, expectation, attempt);
  }

  /** The undo of what was not done is done. */
  Outcome nothingToDo(Reversal reversal) {
    return ledger.once(reversal.key(), reversal, tx -> Outcome.succeeded());
  }
}
