package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentActivities.Verification;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Writes what a provider reports: the ledger, the payment and the report are one transaction. */
final class Bookkeeping {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls calls;
  private final PaymentStore payments = new PaymentStore();

  Bookkeeping(Transactions transactions, Ledger ledger, Calls calls) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.calls = calls;
  }

  Optional<BookedPayment> payment(StepKey forward) {
    return transactions.read(tx -> payments.find(tx, forward));
  }

  Optional<NextAction> nextAction(StepKey payment) {
    return transactions.read(tx -> payments.nextAction(tx, payment));
  }

  PaymentStore payments() {
    return payments;
  }

  /** Records what became of a claimed call; returns what the ledger now holds. */
  Outcome settle(Claim.Held held, PaymentChannel channel, Answer answer) {
    try {
      return calls.settle(
          held, answer.outcome(), tx -> enter(tx, channel.name(), held.key(), answer));
    } catch (BelongsElsewhere e) {
      return calls.settle(held, Outcome.unknown(e.reason));
    }
  }

  /**
   * Records what an operator did by other means; of a key that was refused before, under the next.
   *
   * @return {@code DECLINED} when the provider's transaction belongs to another operation, or the
   *     operation to another transaction
   */
  Outcome accept(Verification verification, PaymentChannel channel, ProviderTransaction done) {
    StepKey open = verification.key();
    while (ledger.find(open).filter(known -> known.outcome().isDeclined()).isPresent()) {
      open = open.next();
    }
    StepKey key = open;
    try {
      return transactions.in(
          tx -> {
            Outcome kept = ledger.acceptAsDone(tx, key, Outcome.succeeded(done.reference()));
            if (!kept.reference().equals(Optional.of(done.reference()))) {
              throw new BelongsElsewhere(key + " is done already, as another transaction.");
            }
            if (key.step() == Step.REFUND) {
              payments.raiseRefunded(tx, verification.forward(), key);
            }
            enter(tx, channel.name(), key, Answer.succeeded(done));
            return kept;
          });
    } catch (BelongsElsewhere e) {
      return Outcome.declined(e.reason);
    }
  }

  private void enter(Handle tx, String channel, StepKey key, Answer answer) {
    answer
        .transaction()
        .ifPresent(
            reported -> {
              if (!payments.insertReport(tx, channel, key, reported)) {
                throw new BelongsElsewhere(
                    "The provider's " + reported.reference() + " belongs to another operation.");
              }
            });
    answer.nextAction().ifPresent(action -> payments.enterNextAction(tx, key, action));
    if (answer.outcome().isDeclined() && key.step() == Step.REFUND) {
      payments.lowerRefunded(tx, key);
    }
    if (answer.outcome().state() == State.SUCCEEDED
        && (key.step() == Step.CHARGE || key.step() == Step.CAPTURE)) {
      payments.enterCaptured(tx, key, answer.transaction().orElseThrow().amount());
    }
  }

  /** The provider's transaction and the operation are not each other's. */
  private static final class BelongsElsewhere extends RuntimeException {
    private final transient Reason reason;

    BelongsElsewhere(String message) {
      super(message, null, false, false);
      reason = new Reason("TRANSACTION_DIFFERS", message);
    }
  }
}
