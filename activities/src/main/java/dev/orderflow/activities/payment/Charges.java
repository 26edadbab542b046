package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Asks providers for an order's money, to be taken or to be held, and what became of it. What the
 * order has reserved is pinned in the transaction that claims the call.
 */
@Singleton
final class Charges {
  private final Ledger ledger;
  private final Set<Pin> pins;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;

  @Inject
  Charges(Ledger ledger, Set<Pin> pins, Attempts attempts, Bookkeeping books, ProviderCalls calls) {
    this.ledger = ledger;
    this.pins = pins;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
  }

  PaymentAnswer authorize(Payment payment) {
    return attempts.make(
        payment.key(),
        payment.channel(),
        attempt -> {
          if (attempt.channel().abilities().steps() == Abilities.Steps.CHARGE_ONLY) {
            throw StepFailure.never(
                payment.key(),
                new Reason(
                    "CHARGE_ONLY",
                    "The payment channel '" + payment.channel() + "' can't hold an amount."));
          }
          return pay(payment, PaymentChannel::authorize, attempt);
        });
  }

  PaymentAnswer charge(Payment payment) {
    return attempts.make(
        payment.key(), payment.channel(), attempt -> pay(payment, PaymentChannel::charge, attempt));
  }

  /** Authorize or charge. */
  private interface Pay {
    Answer pay(PaymentChannel channel, StepKey key, Purchase purchase, CallBudget budget);
  }

  private PaymentAnswer pay(Payment payment, Pay request, Attempt attempt) {
    StepKey key = payment.key();
    String order = key.order().value();
    Purchase purchase = new Purchase(order, payment.token(), payment.amount());
    return answer(
        key,
        calls.pay(
            new ProviderCall(
                key,
                payment,
                Expectation.ofPayment(key, payment.amount()),
                tx -> {
                  pinAll(tx, key);
                  books.payments().insert(tx, key, payment.channel(), payment.amount());
                },
                (channel, sameKey, budget) -> request.pay(channel, sameKey, purchase, budget)),
            attempt));
  }

  private void pinAll(Handle tx, StepKey key) {
    for (Pin pin : pins) {
      pin.pin(tx, key.order())
          .ifPresent(
              refusal -> {
                throw StepFailure.never(key, refusal);
              });
    }
  }

  /** Why a channel takes no new payments now. */
  Optional<Reason> objection(String channel) {
    return attempts.objection(channel);
  }

  PaymentAnswer query(StepKey payment) {
    return books
        .payment(payment)
        .map(booked -> answer(payment, query(booked)).by(booked.channel()))
        .orElseGet(() -> answer(payment, neverSent(payment)));
  }

  private Outcome query(BookedPayment booked) {
    StepKey key = booked.key();
    Expectation asked = Expectation.ofPayment(key, booked.amount());
    return attempts.make(key, booked.channel(), attempt -> calls.query(key, asked, attempt));
  }

  private Outcome neverSent(StepKey payment) {
    return ledger
        .find(payment)
        .map(Operation::outcome)
        .orElseGet(
            () -> Outcome.notExecuted(new Reason("NEVER_SENT", "The payment was never sent.")));
  }

  /** With what the customer has to do, as long as they have to. */
  private PaymentAnswer answer(StepKey key, Outcome outcome) {
    return new PaymentAnswer(
        outcome,
        outcome.state() == Outcome.State.PENDING ? books.nextAction(key) : Optional.empty());
  }
}
