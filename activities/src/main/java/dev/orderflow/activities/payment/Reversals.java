package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * Takes money back. The forward call is fenced first and, where it is in doubt, settled by
 * questions alone: an undo never sends it again. Where nothing was taken there is nothing to do.
 */
final class Reversals {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;
  private final Refunds refunds;

  Reversals(
      Transactions transactions,
      Ledger ledger,
      Attempts attempts,
      Bookkeeping books,
      ProviderCalls calls,
      Refunds refunds) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
    this.refunds = refunds;
  }

  Outcome refund(Reversal reversal) {
    return fenced(reversal.forward())
        .map(
            payment ->
                attempts.make(
                    reversal.key(),
                    payment.channel(),
                    attempt -> refund(reversal, payment, attempt)))
        .orElseGet(() -> nothingToDo(reversal));
  }

  private Outcome refund(Reversal reversal, BookedPayment payment, Attempt attempt) {
    StepKey forward = reversal.forward();
    Outcome taken = settled(reversal.key(), forward, payment, attempt);
    if (taken.state() != State.SUCCEEDED) {
      return nothingToDo(reversal);
    }
    String reference = taken.reference().orElseThrow();
    refunds.settleOthers(reversal.key(), payment.key(), reference, attempt);
    // Read again: only now it is certain what was taken, and what of it was given back.
    Money amount =
        books
            .refund(reversal.key())
            .map(BookedRefund::amount)
            .orElseGet(() -> books.payment(forward).orElseThrow().left());
    return amount.isZero()
        ? nothingToDo(reversal)
        : refunds.carryOut(
            new Refunds.Asked(reversal.key(), reversal, forward, reference, amount), attempt);
  }

  Outcome voidAuthorization(Reversal reversal) {
    // A capture that is not there yet must not come while the authorization is being voided.
    StepKey capture = StepKey.of(reversal.forward().order(), Step.CAPTURE);
    transactions.in(
        tx -> {
          ledger.fence(tx, List.of(capture));
          return capture;
        });
    return fenced(reversal.forward())
        .map(
            payment ->
                attempts.make(
                    reversal.key(),
                    payment.channel(),
                    attempt -> voidAuthorization(reversal, payment, attempt)))
        .orElseGet(() -> nothingToDo(reversal));
  }

  private Outcome voidAuthorization(Reversal reversal, BookedPayment payment, Attempt attempt) {
    Outcome held = settled(reversal.key(), reversal.forward(), payment, attempt);
    if (held.state() != State.SUCCEEDED) {
      return nothingToDo(reversal);
    }
    boolean captured =
        payment
            .captureKey()
            .map(capture -> settled(reversal.key(), capture, payment, attempt))
            .filter(taken -> taken.state() == State.SUCCEEDED)
            .isPresent();
    if (captured) {
      return nothingToDo(reversal);
    }
    String order = payment.orderId().value();
    String reference = held.reference().orElseThrow();
    ProviderTransaction authorization =
        new ProviderTransaction(
            Kind.AUTHORIZATION, reference, payment.amount(), order, Optional.empty());
    return calls.carryOut(
        new ProviderCall(
            reversal.key(),
            reversal,
            new Expectation(Kind.VOID, payment.amount(), order, Optional.of(reference)),
            tx -> {},
            (channel, key, budget) ->
                orLapsed(channel.voidAuthorization(key, authorization, budget), authorization)),
        attempt);
  }

  /** What has lapsed is not held any more, and nothing else is asked for. */
  private static Answer orLapsed(Answer answer, ProviderTransaction authorization) {
    boolean lapsed =
        answer.outcome().isDeclined()
            && answer
                .outcome()
                .reason()
                .filter(why -> why.code().equals(PaymentChannel.AUTHORIZATION_EXPIRED))
                .isPresent();
    return lapsed
        ? Answer.succeeded(
            new ProviderTransaction(
                Kind.VOID,
                authorization.reference() + "/lapsed",
                authorization.amount(),
                authorization.merchantReference(),
                Optional.of(authorization.reference())))
        : answer;
  }

  /** No claim on the forward key is possible any more; the payment, if one was ever claimed. */
  private Optional<BookedPayment> fenced(StepKey forward) {
    return transactions.in(
        tx -> {
          ledger.fence(tx, List.of(forward));
          return books.payments().find(tx, forward);
        });
  }

  private Outcome settled(StepKey undo, StepKey forward, BookedPayment payment, Attempt attempt) {
    Expectation expectation =
        new Expectation(
            Kind.of(forward.step()), payment.amount(), payment.orderId().value(), Optional.empty());
    return calls.settleForUndo(undo, forward, expectation, attempt);
  }

  private Outcome nothingToDo(Reversal reversal) {
    return ledger.once(reversal.key(), reversal, tx -> Outcome.succeeded());
  }
}
