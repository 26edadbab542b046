package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Books money that came otherwise than asked for, each time under a key of its own: to be given
 * back; where another amount or currency came, when a person has decided so.
 */
@Singleton
final class Receipts {
  private final Ledger ledger;
  private final Calls calls;
  private final PaymentStore payments = new PaymentStore();

  @Inject
  Receipts(Ledger ledger, Calls calls) {
    this.ledger = ledger;
    this.calls = calls;
  }

  /**
   * Books what came for a payment that was not made, or not so; once, however often it is reported.
   * The order is locked.
   *
   * @param asked the charge or capture that it came for
   */
  void receive(Handle tx, BookedPayment payment, StepKey asked, ProviderTransaction reported) {
    boolean booked =
        ledger.effects(tx, payment.orderId()).stream()
            .filter(effect -> effect.key().step() == Step.RECEIVE)
            .anyMatch(effect -> effect.reference().equals(Optional.of(reported.reference())));
    if (booked) {
      return;
    }
    boolean ours = payments.insertReport(tx, payment.channel(), asked, reported);
    if (!ours || !reported.amount().isPositive()) {
      keepDifference(tx, asked, reported);
      return;
    }
    payments.correctReport(tx, payment.channel(), reported);
    StepKey key = ledger.fresh(tx, payment.orderId(), Step.RECEIVE);
    Outcome came =
        new Outcome(
            Outcome.State.SUCCEEDED, Optional.of(reported.reference()), held(payment, reported));
    ledger.acceptAsDone(tx, key, came, Optional.empty());
    payments.insert(tx, key, payment.channel(), reported.amount());
    payments.enterCaptured(tx, key, reported.amount());
  }

  /** Why a person decides what becomes of it; absent where it is simply given back. */
  private static Optional<Reason> held(BookedPayment payment, ProviderTransaction reported) {
    return reported.amount().equals(payment.amount())
        ? Optional.empty()
        : Optional.of(
            new Reason(
                Reason.AMOUNT_DIFFERS,
                reported.amount()
                    + " came where "
                    + payment.amount()
                    + " was asked for; give it back, or keep it"));
  }

  /** What the provider has booked under the key is no payment of ours; a person looks at it. */
  void keepDifference(Handle tx, StepKey key, ProviderTransaction reported) {
    calls.keepDifference(tx, key, Outcome.succeeded(reported.reference()), reported.amount());
  }
}
