package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.callback.Callbacks;
import dev.orderflow.sandbox.payment.Instruction.FollowUp;
import dev.orderflow.sandbox.payment.Ledger.Mandate;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What customers' banks do long after a payment: disputes, whose money they take back at once and
 * return when the shop wins, and refunds that come back. By themselves as the token says, or as a
 * human wants it. Each is on the disk before anybody is told.
 */
final class Bank {

  private final Ledger ledger;
  private final Callbacks callbacks;
  private final Clock clock;
  private final ExecutorService threads;

  Bank(Ledger ledger, Callbacks callbacks, Clock clock, ExecutorService threads) {
    this.ledger = ledger;
    this.callbacks = callbacks;
    this.clock = clock;
    this.threads = threads;
  }

  static FollowUp failureOf(String refund) {
    return new FollowUp(
        Operation.REFUND_FAILURE,
        refund,
        OptionalLong.empty(),
        Optional.of(ReasonCode.ACCOUNT_CLOSED));
  }

  /** From now on the bank may act on the object by itself; what is overdue happens at once. */
  void expect(PaymentObject object) {
    Behaviour behaviour = ledger.behaviour(object.id());
    switch (object.status()) {
      case SUCCEEDED -> {
        switch (object.object()) {
          case CHARGE, CAPTURE ->
              behaviour
                  .disputedAfter()
                  .ifPresent(wait -> later(object, wait, () -> dispute(object)));
          case REFUND ->
              behaviour
                  .refundFailsAfter()
                  .filter(wait -> isFirstByProgram(object))
                  .ifPresent(wait -> later(object, wait, () -> fail(object)));
          default -> {
            // What a bank did itself, it does not touch again.
          }
        }
      }
      case OPEN -> {
        withdraw(object);
        behaviour
            .wonAfter()
            .ifPresent(
                wait -> later(object, wait, () -> decide(object.id(), Origin.BANK, Status.WON)));
      }
      case WON -> giveBack(object);
      default -> {
        // Nothing moved.
      }
    }
  }

  /** Decides an open dispute; of another one nothing changes. */
  void decide(String dispute, Origin origin, Status verdict) {
    ledger
        .change(
            dispute,
            origin,
            known -> known.status() == Status.OPEN ? known.decided(verdict) : known)
        .ifPresent(
            decided -> {
              tell(decided);
              expect(decided);
            });
  }

  private void later(PaymentObject since, Duration wait, Runnable act) {
    Instant due = since.createdAt().plus(wait);
    long millis = Math.max(0, Duration.between(clock.instant(), due).toMillis());
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads).execute(act);
  }

  private void dispute(PaymentObject payment) {
    if (done(payment, Operation.DISPUTE).isEmpty()) {
      FollowUp dispute =
          new FollowUp(
              Operation.DISPUTE,
              payment.id(),
              OptionalLong.empty(),
              Optional.of(ReasonCode.FRAUDULENT));
      expect(done(dispute));
    }
  }

  private void fail(PaymentObject refund) {
    once(failureOf(refund.id()));
  }

  private void withdraw(PaymentObject dispute) {
    once(new FollowUp(Operation.CHARGEBACK, dispute.id(), OptionalLong.empty()));
  }

  private void giveBack(PaymentObject dispute) {
    done(dispute, Operation.CHARGEBACK)
        .ifPresent(
            chargeback ->
                once(new FollowUp(Operation.REVERSAL, chargeback.id(), OptionalLong.empty())));
  }

  /** Does what may have been done before this process began. */
  private void once(FollowUp act) {
    PaymentObject target = ledger.object(act.target()).orElseThrow();
    if (done(target, act.operation()).isEmpty()) {
      done(act);
    }
  }

  private PaymentObject done(FollowUp act) {
    String key = "bank/" + UUID.randomUUID();
    PaymentObject done =
        ledger.record(act, new Mandate(key, key, Origin.BANK, Optional.empty(), Optional.empty()));
    tell(done);
    return done;
  }

  /** What was done to the object itself. */
  private Optional<PaymentObject> done(PaymentObject target, Operation operation) {
    return ledger.done(target.id()).stream()
        .filter(object -> object.object() == operation)
        .filter(object -> object.parent().equals(target.id()))
        .findFirst();
  }

  /** Only a refund that a program asked for; those of humans are left alone. */
  private boolean isFirstByProgram(PaymentObject refund) {
    return ledger.effects(refund.merchantReference()).stream()
        .filter(effect -> effect.origin() == Origin.API)
        .map(Effect::object)
        .filter(object -> object.object() == Operation.REFUND)
        .filter(object -> object.status() == Status.SUCCEEDED)
        .filter(object -> object.parent().equals(refund.parent()))
        .findFirst()
        .filter(refund::equals)
        .isPresent();
  }

  private void tell(PaymentObject object) {
    callbacks.tell(ledger.occurrence(object), 1);
  }
}
