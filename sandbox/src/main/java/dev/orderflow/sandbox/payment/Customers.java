package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.callback.Callbacks;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import dev.orderflow.sandbox.payment.Rule.Act;
import dev.orderflow.sandbox.payment.Rule.Told;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * What happens to payments that wait: their customers pay or cancel, by themselves as the token
 * says or by a click; the merchant closes them; a human books money that came some other way. Each
 * is on the disk before anybody is told.
 */
final class Customers {

  private final Ledger ledger;
  private final IdempotencyKeys keys;
  private final Bank bank;
  private final Callbacks callbacks;
  private final Clock clock;
  private final ExecutorService threads;

  Customers(
      Ledger ledger,
      IdempotencyKeys keys,
      Bank bank,
      Callbacks callbacks,
      Clock clock,
      ExecutorService threads) {
    this.ledger = ledger;
    this.keys = keys;
    this.bank = bank;
    this.callbacks = callbacks;
    this.clock = clock;
    this.threads = threads;
  }

  /** From now on the customer of the payment may act by themselves. */
  void expect(PaymentObject payment) {
    if (payment.parent() == null) {
      ledger
          .behaviour(payment.id())
          .customer()
          .filter(rule -> rule.act() != Act.STAYS_AWAY)
          .filter(rule -> payment.status() == Status.PENDING || rule.act() == Act.PAYS_ANYWAY)
          .ifPresent(rule -> later(payment.createdAt().plusMillis(rule.millis()), payment, rule));
    }
  }

  private void later(Instant when, PaymentObject payment, Rule.Customer rule) {
    long millis = Math.max(0, Duration.between(clock.instant(), when).toMillis());
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)
        .execute(() -> change(payment.id(), Origin.CUSTOMER, after(rule.act())));
  }

  private static UnaryOperator<PaymentObject> after(Act act) {
    return switch (act) {
      case PAYS -> known -> isOpen(known) ? known.paid() : known;
      case PAYS_ANYWAY -> known -> known.status() == Status.SUCCEEDED ? known : known.paid();
      case CANCELS ->
          known -> isOpen(known) ? known.declined(ReasonCode.CANCELLED_BY_CUSTOMER) : known;
      case STAYS_AWAY -> known -> known;
    };
  }

  /** The customer clicks. Does nothing to a payment that does not wait any more. */
  void pays(String id) {
    change(id, Origin.CUSTOMER, after(Act.PAYS));
  }

  /** The merchant closes the payment; it hears by the answer. What is paid stays paid. */
  void close(String id) {
    ledger
        .change(id, Origin.API, known -> isOpen(known) ? known.declined(ReasonCode.CLOSED) : known)
        .ifPresent(closed -> keys.settle(closed.idempotencyKey(), closed));
  }

  /** Money came in some other way, whatever the payment was before; what is paid stays so. */
  void bookByHand(Instruction.Receipt receipt) {
    change(
        receipt.payment(),
        Origin.DASHBOARD,
        known ->
            known.status() == Status.SUCCEEDED
                ? known
                : known.paid(
                    receipt.amount().orElse(known.amount()),
                    receipt.currency().orElse(known.currency())));
  }

  private static boolean isOpen(PaymentObject payment) {
    return payment.status() == Status.PENDING;
  }

  private void change(String id, Origin origin, UnaryOperator<PaymentObject> change) {
    Optional<PaymentObject> changed = ledger.change(id, origin, change);
    changed.ifPresent(
        payment -> {
          keys.settle(payment.idempotencyKey(), payment);
          Told told =
              origin == Origin.DASHBOARD
                  ? Told.ONCE
                  : ledger.behaviour(id).customer().map(Rule.Customer::told).orElse(Told.ONCE);
          tell(payment, told);
          bank.expect(payment);
        });
  }

  /** Tells the merchant of an object. */
  void tell(PaymentObject object, Told told) {
    callbacks.tell(ledger.occurrence(object), told.times());
  }
}
