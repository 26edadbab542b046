package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Makes sure that a payment can't be made any more: its key takes no further attempt, and at the
 * provider it is closed, or asked about until it is over.
 */
@Singleton
final class Closings {
  private final Calls ledgerCalls;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;

  @Inject
  Closings(Calls ledgerCalls, Attempts attempts, Bookkeeping books, ProviderCalls calls) {
    this.ledgerCalls = ledgerCalls;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
  }

  Outcome close(StepKey key) {
    Outcome known = ledgerCalls.decline(key);
    if (known.state().isFinal()) {
      return known;
    }
    BookedPayment payment = books.payment(key).orElseThrow();
    Outcome settled =
        attempts.make(
            key,
            payment.channel(),
            attempt -> calls.close(key, Expectation.ofPayment(key, payment.amount()), attempt));
    return settled.state() == State.NOT_EXECUTED ? ledgerCalls.decline(key) : settled;
  }
}
