package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.UndoList;
import dev.orderflow.workflows.payment.PaymentActivities.Verification;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Books what an operator did by other means, and the provider has confirmed. */
@Singleton
final class DoneElsewhere {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls calls;
  private final Orders orders;
  private final Bookkeeping books;
  private final RefundStore refunds = new RefundStore();
  private final RefundCounter counter = new RefundCounter();
  private final MovementStore movements = new MovementStore();

  @Inject
  DoneElsewhere(
      Transactions transactions, Ledger ledger, Calls calls, Orders orders, Bookkeeping books) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.calls = calls;
    this.orders = orders;
    this.books = books;
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
      return transactions.in(
          tx -> {
            orders.lock(tx, verification.key().order());
            return accept(tx, verification, channel, done);
          });
    } catch (BelongsElsewhere e) {
      return Outcome.declined(e.reason());
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
      BookedPayment payment = books.taking(tx, verification.forward()).orElseThrow().payment();
      // It may have been heard of before it was said to be ours.
      if (movements.takeOver(tx, channel.name(), done.reference(), key)) {
        movements.recount(tx, payment);
      }
      books.insertRefund(tx, key, verification.forward(), payment, done.amount());
      if (!counter.countMade(tx, key)) {
        calls.keepDifference(tx, key, kept, done.amount());
      }
    }
    books.enter(tx, channel.name(), key, Answer.succeeded(done));
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
    boolean again = UndoList.cameBack(verification.forward());
    boolean wish =
        !again
            && refunds
                .find(tx, accepted.refused.orElse(accepted.key))
                .flatMap(BookedRefund::wish)
                .isPresent();
    return wish || verification.key().equals(verification.forward())
        ? Optional.empty()
        : Optional.of(verification.forward());
  }
}
