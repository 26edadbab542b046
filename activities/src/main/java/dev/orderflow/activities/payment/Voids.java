package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Gives up what was authorized and is not to be captured. What somebody has captured at the
 * provider can't be given up: it is booked as money that came unasked, to be given back.
 */
@Singleton
final class Voids {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls ledgerCalls;
  private final Orders orders;
  private final CapturedByHand captured;
  private final Attempts attempts;
  private final ProviderCalls calls;
  private final Forwards forwards;
  private final PaymentStore payments = new PaymentStore();

  @Inject
  Voids(
      Transactions transactions,
      Ledger ledger,
      Calls ledgerCalls,
      Orders orders,
      CapturedByHand captured,
      Attempts attempts,
      ProviderCalls calls,
      Forwards forwards) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.ledgerCalls = ledgerCalls;
    this.orders = orders;
    this.captured = captured;
    this.attempts = attempts;
    this.calls = calls;
    this.forwards = forwards;
  }

  Outcome voidAuthorization(Reversal reversal) {
    // A capture that is not there yet must not come while the authorization is being voided.
    StepKey capture = StepKey.of(reversal.forward().order(), Step.CAPTURE);
    transactions.in(
        tx -> {
          ledger.fence(tx, List.of(capture));
          return capture;
        });
    return forwards
        .fenced(reversal.forward())
        .map(Taking::payment)
        .map(
            payment ->
                attempts.make(
                    reversal.key(),
                    payment.channel(),
                    attempt -> voidAuthorization(reversal, payment, attempt)))
        .orElseGet(() -> forwards.nothingToDo(reversal));
  }

  private Outcome voidAuthorization(Reversal reversal, BookedPayment payment, Attempt attempt) {
    Outcome held = forwards.settled(reversal.key(), reversal.forward(), payment, attempt);
    if (held.state() != State.SUCCEEDED) {
      return forwards.nothingToDo(reversal);
    }
    boolean consumed =
        payment
            .captureKey()
            .map(capture -> forwards.settled(reversal.key(), capture, payment, attempt))
            // Also one of another amount has used the authorization up.
            .filter(taken -> taken.state() == State.SUCCEEDED || Expectation.isOdd(taken))
            .isPresent();
    String reference = held.reference().orElseThrow();
    if (consumed || transactions.read(tx -> payments.isReceived(tx, payment, reference))) {
      return forwards.nothingToDo(reversal);
    }
    return giveUp(reversal, payment, reference, attempt);
  }

  /**
   * Gives up an authorization that came after the order had gone on without it; once. What the
   * provider refuses to void lapses.
   */
  void late(BookedPayment payment, String reference, Attempt attempt) {
    transactions
        .in(tx -> begun(tx, payment, reference))
        .ifPresent(undo -> giveUp(undo, payment, reference, attempt));
  }

  /** The void to ask for, whose key is taken while the order is locked; empty where none is due. */
  private Optional<Reversal> begun(Handle tx, BookedPayment payment, String reference) {
    orders.lock(tx, payment.orderId());
    List<Operation> effects = ledger.effects(tx, payment.orderId());
    boolean wanted =
        effects.stream()
            .filter(effect -> effect.key().equals(payment.key()))
            .noneMatch(Voids::isRefused);
    Optional<Operation> last =
        effects.stream()
            .filter(undo -> undo.key().step() == Step.VOID)
            .filter(undo -> undo.forward().equals(Optional.of(payment.key())))
            .max(Comparator.comparingInt(undo -> undo.key().n()));
    boolean toBook =
        last.filter(undo -> CapturedByHand.isReasonOf(undo.outcome())).isPresent()
            && !payments.isReceived(tx, payment, reference);
    if (wanted || (last.filter(Voids::isOver).isPresent() && !toBook)) {
      return Optional.empty();
    }
    return Optional.of(
        last.filter(undo -> undo.state() != Operation.State.SUCCEEDED)
            .map(undo -> new Reversal(undo.key(), payment.key()))
            .orElseGet(() -> fresh(tx, payment)));
  }

  private Reversal fresh(Handle tx, BookedPayment payment) {
    StepKey key = ledger.fresh(tx, payment.orderId(), Step.VOID);
    Reversal undo = new Reversal(key, payment.key());
    ledgerCalls.intend(tx, key, undo);
    return undo;
  }

  private static boolean isRefused(Operation effect) {
    return effect.state() == Operation.State.DECLINED || effect.state() == Operation.State.FENCED;
  }

  /** An undo that had found nothing has no reference. */
  private static boolean isOver(Operation undo) {
    return isRefused(undo)
        || (undo.state() == Operation.State.SUCCEEDED && undo.reference().isPresent());
  }

  private Outcome giveUp(
      Reversal reversal, BookedPayment payment, String reference, Attempt attempt) {
    String order = payment.orderId().value();
    ProviderTransaction authorization =
        new ProviderTransaction(
            Kind.AUTHORIZATION, reference, payment.amount(), order, Optional.empty());
    Outcome outcome =
        calls.carryOut(
            new ProviderCall(
                reversal.key(),
                reversal,
                new Expectation(Kind.VOID, payment.amount(), order, Optional.of(reference)),
                tx -> {},
                (channel, key, budget) ->
                    orLapsed(channel.voidAuthorization(key, authorization, budget), authorization)),
            attempt);
    if (CapturedByHand.isReasonOf(outcome)) {
      // This void stays declined: when it is asked for anew, what came is on the list, too.
      captured.ask(reversal.key(), payment, authorization, attempt);
    }
    return outcome;
  }

  /** What has lapsed is not held any more, and nothing else is asked for. */
  private static Answer orLapsed(Answer answer, ProviderTransaction authorization) {
    return answer.outcome().isDeclinedAs(PaymentChannel.AUTHORIZATION_EXPIRED)
        ? Answer.succeeded(
            new ProviderTransaction(
                Kind.VOID,
                authorization.reference() + "/lapsed",
                authorization.amount(),
                authorization.merchantReference(),
                Optional.of(authorization.reference())))
        : answer;
  }
}
