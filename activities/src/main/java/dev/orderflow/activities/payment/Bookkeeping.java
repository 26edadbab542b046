package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
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
  private final RefundStore refunds = new RefundStore();

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

  RefundStore refunds() {
    return refunds;
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
   * Records what an operator did by other means; of a key that was refused before, under a further
   * one.
   *
   * @return {@code DECLINED} when the provider's transaction belongs to another operation, or the
   *     operation to another transaction
   */
  Outcome accept(Verification verification, PaymentChannel channel, ProviderTransaction done) {
    try {
      return transactions.in(tx -> accept(tx, verification, channel, done));
    } catch (BelongsElsewhere e) {
      return Outcome.declined(e.reason);
    }
  }

  private Outcome accept(
      Handle tx, Verification verification, PaymentChannel channel, ProviderTransaction done) {
    Accepted accepted =
        verification.key().step() == Step.REFUND
            ? refund(tx, verification.key())
            : new Accepted(verification.key(), Optional.empty());
    StepKey key = accepted.key;
    Outcome kept =
        ledger.acceptAsDone(
            tx, key, Outcome.succeeded(done.reference()), undone(tx, verification, accepted));
    if (!kept.reference().equals(Optional.of(done.reference()))) {
      throw new BelongsElsewhere(key + " is done already, as another transaction.");
    }
    if (key.step() == Step.REFUND) {
      accepted.refused.ifPresent(refused -> refunds.insertInsteadOf(tx, refused, key));
      BookedPayment payment = payments.find(tx, verification.forward()).orElseThrow();
      refunds.insert(tx, key, payment.key(), done.amount(), Optional.empty());
      refunds.count(tx, key);
    }
    enter(tx, channel.name(), key, Answer.succeeded(done));
    return kept;
  }

  /**
   * The key under which something is recorded as done.
   *
   * @param refused the refund that it is done instead of
   */
  private record Accepted(StepKey key, Optional<StepKey> refused) {}

  /** The key itself, or the one that stands for it since it was refused. */
  private Accepted refund(Handle tx, StepKey asked) {
    StepKey key = asked;
    while (ledger.find(tx, key).filter(known -> known.outcome().isDeclined()).isPresent()) {
      Optional<StepKey> instead = refunds.insteadOf(tx, key);
      if (instead.isEmpty()) {
        return new Accepted(ledger.fresh(tx, key.order(), key.step()), Optional.of(key));
      }
      key = instead.get();
    }
    return new Accepted(key, Optional.empty());
  }

  /** What was given back at a wish, and what was done as asked, is the undo of nothing. */
  private Optional<StepKey> undone(Handle tx, Verification verification, Accepted accepted) {
    boolean wish =
        refunds
            .find(tx, accepted.refused.orElse(accepted.key))
            .flatMap(BookedRefund::wish)
            .isPresent();
    return wish || verification.key().equals(verification.forward())
        ? Optional.empty()
        : Optional.of(verification.forward());
  }

  /** Gives up a refund that is fenced, or was not made and never will be. */
  void refuse(StepKey refund) {
    transactions.in(
        tx -> {
          refunds.refuse(tx, refund);
          return refund;
        });
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
    if (answer.outcome().reason().filter(Expectation::isDifference).isPresent()) {
      keepDifference(tx, key, answer.transaction().orElseThrow());
    }
    answer.nextAction().ifPresent(action -> payments.enterNextAction(tx, key, action));
    if (answer.outcome().isDeclined() && key.step() == Step.REFUND) {
      refunds.refuse(tx, key);
    }
    if (answer.outcome().state() == State.SUCCEEDED
        && (key.step() == Step.CHARGE || key.step() == Step.CAPTURE)) {
      payments.enterCaptured(tx, key, answer.transaction().orElseThrow().amount());
    }
  }

  /** Quarantined: it is no payment, and a person looks at it. */
  void keepDifference(Handle tx, StepKey key, ProviderTransaction reported) {
    calls.keepDifference(tx, key, Outcome.succeeded(reported.reference()), reported.amount());
  }

  /**
   * Books money that came unasked for a payment that was not made, under a key of its own; once,
   * however often it is reported. The order is locked.
   */
  void receive(Handle tx, BookedPayment payment, ProviderTransaction reported) {
    boolean booked =
        ledger.effects(tx, payment.orderId()).stream()
            .filter(effect -> effect.key().step() == Step.RECEIVE)
            .anyMatch(effect -> effect.reference().equals(Optional.of(reported.reference())));
    if (booked) {
      return;
    }
    if (!payments.insertReport(tx, payment.channel(), payment.key(), reported)) {
      keepDifference(tx, payment.key(), reported);
      return;
    }
    StepKey key = ledger.fresh(tx, payment.orderId(), Step.RECEIVE);
    ledger.acceptAsDone(tx, key, Outcome.succeeded(reported.reference()), Optional.empty());
    payments.insert(tx, key, payment.channel(), reported.amount());
    payments.enterCaptured(tx, key, reported.amount());
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
