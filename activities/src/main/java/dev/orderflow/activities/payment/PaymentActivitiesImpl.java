package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Generations;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Moves money forward here, and back in {@link Reversals} and {@link Voids}. */
final class PaymentActivitiesImpl implements PaymentActivities {
  private final Ledger ledger;
  private final Set<Pin> pins;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final ProviderCalls calls;
  private final Reversals reversals;
  private final Voids voids;
  private final Closings closings;
  private final Observations observations;
  private final Refunds refunds;
  private final RefundDecisions decisions;
  private final Balances balances;
  private final Revivals revivals;
  private final Verifications verifications;

  @Inject
  PaymentActivitiesImpl(
      Ledger ledger,
      Calls ledgerCalls,
      Transactions transactions,
      Orders orders,
      Generations generations,
      Set<Pin> pins,
      GuardedChannels channels,
      Supplier<AttemptKind> attemptKind) {
    this.ledger = ledger;
    this.pins = pins;
    this.attempts = new Attempts(channels.byName(), ledger, attemptKind);
    Receipts receipts = new Receipts(ledger, ledgerCalls);
    this.books = new Bookkeeping(transactions, ledger, ledgerCalls, orders, receipts);
    this.calls = new ProviderCalls(ledgerCalls, books);
    this.closings = new Closings(ledgerCalls, attempts, books, calls);
    MovementBooks movements = new MovementBooks(transactions, ledger, ledgerCalls, orders);
    Inquiries inquiries = new Inquiries(transactions, ledger, attempts, movements, calls);
    Forwards forwards = new Forwards(transactions, ledger, books, calls);
    this.voids =
        new Voids(
            transactions,
            ledger,
            ledgerCalls,
            orders,
            new CapturedByHand(transactions, orders, receipts),
            attempts,
            calls,
            forwards);
    this.balances = new Balances(transactions);
    this.observations =
        new Observations(
            transactions,
            ledger,
            orders,
            attempts,
            books,
            receipts,
            calls,
            inquiries,
            voids,
            balances);
    this.refunds = new Refunds(transactions, ledger, ledgerCalls, orders, attempts, books, calls);
    this.reversals =
        new Reversals(transactions, ledger, orders, attempts, books, forwards, refunds, inquiries);
    this.decisions =
        new RefundDecisions(transactions, ledger, ledgerCalls, orders, attempts, inquiries);
    this.revivals = new Revivals(transactions, ledger, orders, generations);
    this.verifications =
        new Verifications(
            ledger,
            attempts,
            books,
            new DoneElsewhere(transactions, ledger, ledgerCalls, orders, books));
  }

  @Override
  public PaymentAnswer authorize(Payment payment) {
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

  @Override
  public PaymentAnswer charge(Payment payment) {
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

  /** With what the customer has to do, as long as they have to. */
  private PaymentAnswer answer(StepKey key, Outcome outcome) {
    return new PaymentAnswer(
        outcome,
        outcome.state() == Outcome.State.PENDING ? books.nextAction(key) : Optional.empty());
  }

  @Override
  public PaymentAnswer query(StepKey payment) {
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

  @Override
  public Outcome close(StepKey payment) {
    return closings.close(payment);
  }

  @Override
  public Observation observe(OrderId order) {
    return observations.observe(order);
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

  @Override
  public Outcome capture(Capture capture) {
    StepKey key = capture.key();
    String authorization =
        ledger
            .find(capture.authorization())
            .filter(known -> known.state() == Operation.State.SUCCEEDED)
            .flatMap(Operation::reference)
            .orElseThrow(() -> notAuthorized(key));
    BookedPayment payment =
        books.payment(capture.authorization()).orElseThrow(() -> notAuthorized(key));
    String order = key.order().value();
    ProviderTransaction held =
        new ProviderTransaction(
            Kind.AUTHORIZATION, authorization, payment.amount(), order, Optional.empty());
    return attempts.make(
        key,
        payment.channel(),
        attempt ->
            calls.carryOut(
                new ProviderCall(
                    key,
                    capture,
                    new Expectation(
                        Kind.CAPTURE, payment.amount(), order, Optional.of(authorization)),
                    tx -> books.payments().attachCapture(tx, payment.key(), key),
                    (channel, sameKey, budget) -> channel.capture(sameKey, held, budget)),
                attempt));
  }

  private static RuntimeException notAuthorized(StepKey key) {
    return StepFailure.never(
        key, new Reason("NOT_AUTHORIZED", "There is no authorization to capture."));
  }

  @Override
  public Outcome voidAuthorization(Reversal reversal) {
    return voids.voidAuthorization(reversal);
  }

  @Override
  public Outcome refund(Reversal reversal) {
    return reversals.refund(reversal);
  }

  @Override
  public RefundDecision decideRefund(RefundWish wish) {
    return decisions.decide(wish);
  }

  @Override
  public Outcome giveBack(StepKey refund) {
    return refunds.giveBack(refund);
  }

  @Override
  public void giveUpRefund(StepKey refund) {
    decisions.giveUp(refund);
  }

  @Override
  public void giveUp(UndoPlan.Undo undo) {
    reversals.giveUp(undo);
  }

  @Override
  public RevivalDecision revive(OrderId order) {
    return revivals.revive(order);
  }

  @Override
  public Optional<PaymentBalance> balance(OrderId order) {
    return balances.of(order);
  }

  @Override
  public Outcome verify(Verification verification) {
    return verifications.verify(verification);
  }
}
