package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.UndoList;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
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
  private final Inquiries inquiries;

  Reversals(
      Transactions transactions,
      Ledger ledger,
      Attempts attempts,
      Bookkeeping books,
      ProviderCalls calls,
      Refunds refunds,
      Inquiries inquiries) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
    this.refunds = refunds;
    this.inquiries = inquiries;
  }

  Outcome refund(Reversal reversal) {
    return fenced(reversal.forward())
        .map(
            taking ->
                attempts.make(
                    reversal.key(),
                    taking.payment().channel(),
                    attempt -> refund(reversal, taking, attempt)))
        .orElseGet(() -> nothingToDo(reversal));
  }

  private Outcome refund(Reversal reversal, Taking taking, Attempt attempt) {
    Outcome taken = settled(reversal.key(), taking.key(), taking.payment(), attempt);
    if (taken.state() != State.SUCCEEDED) {
      return isOdd(taken) ? toDecide(reversal, taken) : nothingToDo(reversal);
    }
    String reference = taken.reference().orElseThrow();
    if (taking.atMost().isEmpty()) {
      refunds.settleOthers(reversal.key(), taking.payment().key(), reference, attempt);
    }
    Optional<BookedRefund> begun = books.refund(reversal.key());
    if (begun.isPresent() && begun.get().state() != Operation.State.NOT_EXECUTED) {
      return refunds.carryOut(asked(reversal, taking, reference, begun.get().amount()), attempt);
    }
    inquiries
        .ask(taking.payment(), reference, attempt)
        .ifPresent(
            why -> {
              throw StepFailure.unsettled(reversal.key(), Outcome.unknown(why));
            });
    // Read again: only now it is certain what was taken, and what of it was given back.
    Taking now = books.taking(reversal.forward()).orElseThrow();
    Money amount = begun.map(BookedRefund::amount).orElseGet(now::amount);
    Refunds.Asked asked = asked(reversal, taking, reference, amount);
    if (amount.isZero()) {
      return nothingToDo(reversal);
    }
    return now.payment()
        .objection()
        .flatMap(why -> refunds.refused(asked, why))
        .orElseGet(() -> refunds.carryOut(asked, attempt));
  }

  private static Refunds.Asked asked(
      Reversal reversal, Taking taking, String reference, Money amount) {
    return new Refunds.Asked(
        reversal.key(), reversal, reversal.forward(), taking.key(), reference, amount);
  }

  private static boolean isOdd(Outcome taken) {
    return taken.isDeclined()
        && taken.reason().filter(why -> why.code().equals(Reason.AMOUNT_DIFFERS)).isPresent();
  }

  /** What came instead was booked for itself, and waits for a person. */
  private Outcome toDecide(Reversal reversal, Outcome taken) {
    return ledger.once(
        reversal.key(), reversal, tx -> Outcome.declined(taken.reason().orElseThrow()));
  }

  /** The undo is not carried out, nor proposed again. */
  void giveUp(Undo undo) {
    transactions.in(
        tx -> {
          ledger.giveUp(
              tx,
              undo.key(),
              undo.forward(),
              new Reason(UndoList.GIVEN_UP, "a person decided to leave it as it is"));
          books.refunds().refuse(tx, undo.key());
          return undo;
        });
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
        .map(Taking::payment)
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
            // Also one of another amount has used the authorization up.
            .filter(taken -> taken.state() == State.SUCCEEDED || isOdd(taken))
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
  private Optional<Taking> fenced(StepKey forward) {
    return transactions.in(
        tx -> {
          ledger.fence(tx, List.of(forward));
          return books.taking(tx, forward);
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
