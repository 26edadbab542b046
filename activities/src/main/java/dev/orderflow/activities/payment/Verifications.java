package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.payment.PaymentActivities.Verification;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.joda.money.Money;

/** Believes an operator's reference only when the provider confirms it. */
@Singleton
final class Verifications {
  private final Ledger ledger;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final DoneElsewhere done;

  @Inject
  Verifications(Ledger ledger, Attempts attempts, Bookkeeping books, DoneElsewhere done) {
    this.done = done;
    this.ledger = ledger;
    this.attempts = attempts;
    this.books = books;
  }

  Outcome verify(Verification verification) {
    return books
        .taking(verification.forward())
        .map(
            taking ->
                attempts.make(
                    verification.key(),
                    taking.payment().channel(),
                    attempt -> verify(verification, taking, attempt)))
        .orElseGet(
            () ->
                Outcome.declined(
                    new Reason(
                        "NO_PAYMENT", "No payment was asked for as " + verification.forward())));
  }

  private Outcome verify(Verification verification, Taking taking, Attempt attempt) {
    Answer answer = attempt.channel().fetch(verification.reference(), attempt.budget());
    return switch (answer.outcome().state()) {
      case SUCCEEDED -> {
        ProviderTransaction found = answer.transaction().orElseThrow();
        Optional<Reason> difference = expectation(verification, taking).differenceTo(found);
        yield difference.isPresent()
            ? Outcome.declined(difference.get())
            : done.accept(verification, attempt.channel(), found);
      }
      case DECLINED ->
          Outcome.declined(
              new Reason(
                  "NOT_DONE",
                  "The provider declined "
                      + verification.reference()
                      + answer.outcome().reason().map(r -> ": " + r.message()).orElse(".")));
      case NOT_EXECUTED ->
          Outcome.declined(
              new Reason("NOT_FOUND", "The provider knows no '" + verification.reference() + "'."));
      case PENDING, UNKNOWN -> throw StepFailure.unsettled(verification.key(), answer.outcome());
    };
  }

  private Expectation expectation(Verification verification, Taking taking) {
    BookedPayment payment = taking.payment();
    StepKey key = verification.key();
    Optional<String> actedOn =
        key.equals(verification.forward())
            ? Optional.empty()
            : ledger.find(taking.key()).flatMap(Operation::reference);
    return new Expectation(
        Kind.of(key.step()),
        key.step() == Step.REFUND ? toGiveBack(key, taking) : payment.amount(),
        payment.orderId().value(),
        actedOn);
  }

  /** As it was asked for; else what is left, or all, of what was taken. */
  private Money toGiveBack(StepKey refund, Taking taking) {
    BookedPayment payment = taking.payment();
    Money taken = payment.captured().isPositive() ? payment.captured() : payment.amount();
    Money left = taking.amount().isPositive() ? taking.amount() : taken;
    return books.refund(refund).map(BookedRefund::amount).orElse(left);
  }
}
