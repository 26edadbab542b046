package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.activities.order.UndoList;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.Observation;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Learns what providers did with an order's payments after we thought that they were settled, and
 * says what must be given back. Nothing that is recorded is ever moved back.
 */
@Singleton
final class Observations {
  /** What takes money: of an order that stands, only the first may. */
  private static final Set<Step> PAID = EnumSet.of(Step.CHARGE, Step.CAPTURE);

  private final Transactions transactions;
  private final Ledger ledger;
  private final Orders orders;
  private final Attempts attempts;
  private final Bookkeeping books;
  private final Receipts receipts;
  private final ProviderCalls calls;
  private final Inquiries inquiries;
  private final Voids voids;
  private final Balances balances;

  @Inject
  Observations(
      Transactions transactions,
      Ledger ledger,
      Orders orders,
      Attempts attempts,
      Bookkeeping books,
      Receipts receipts,
      ProviderCalls calls,
      Inquiries inquiries,
      Voids voids,
      Balances balances) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.orders = orders;
    this.attempts = attempts;
    this.books = books;
    this.receipts = receipts;
    this.calls = calls;
    this.inquiries = inquiries;
    this.voids = voids;
    this.balances = balances;
  }

  Observation observe(OrderId order) {
    transactions.read(tx -> books.payments().ofOrder(tx, order)).stream()
        .filter(payment -> payment.key().step() != Step.RECEIVE)
        .forEach(this::observe);
    transactions.read(tx -> books.payments().ofOrder(tx, order)).stream()
        .filter(payment -> payment.captured().isPositive())
        .forEach(this::inquire);
    return transactions.read(
        tx -> new Observation(toGiveBack(tx, order), balances.ofMoreThanPaid(tx, order)));
  }

  private void inquire(BookedPayment payment) {
    inquiries
        .ask(payment)
        .ifPresent(
            why -> {
              throw StepFailure.unsettled(payment.forward(), Outcome.unknown(why));
            });
  }

  private void observe(BookedPayment payment) {
    Operation.State state = ledger.find(payment.key()).orElseThrow().state();
    if (state != Operation.State.SUCCEEDED) {
      attempts.make(
          payment.key(),
          payment.channel(),
          attempt ->
              switch (state) {
                case PENDING, UNKNOWN -> ask(payment.key(), payment, attempt);
                default -> lookForMoney(payment, attempt);
              });
    }
    payment
        .captureKey()
        .ifPresent(
            capture ->
                attempts.make(
                    capture, payment.channel(), attempt -> ask(capture, payment, attempt)));
  }

  /** What is not known yet is asked for as always. */
  private Outcome ask(StepKey key, BookedPayment payment, Attempt attempt) {
    Outcome outcome =
        calls.ask(key, Expectation.ofPayment(key, payment.amount()), attempt).outcome();
    boolean quarantined = outcome.reason().filter(Expectation::isDifference).isPresent();
    return quarantined ? outcome : known(key, outcome);
  }

  /** What was not paid, as far as we know, may have been paid nevertheless. */
  private Outcome lookForMoney(BookedPayment payment, Attempt attempt) {
    Answer answer = attempt.channel().find(payment.key(), attempt.budget());
    if (answer.outcome().state() == Outcome.State.SUCCEEDED) {
      ProviderTransaction reported = answer.transaction().orElseThrow();
      Optional<Reason> difference =
          Expectation.ofPayment(payment.key(), payment.amount()).differenceTo(reported);
      if (difference.filter(why -> !why.code().equals(Reason.AMOUNT_DIFFERS)).isPresent()) {
        enter(payment, tx -> receipts.keepDifference(tx, payment.key(), reported));
      } else if (payment.key().step() == Step.CHARGE) {
        enter(payment, tx -> receipts.receive(tx, payment, payment.key(), reported));
      } else {
        voids.late(payment, reported.reference(), attempt);
      }
    }
    return known(payment.key(), answer.outcome());
  }

  private void enter(BookedPayment payment, Consumer<Handle> entry) {
    transactions.in(
        tx -> {
          orders.lock(tx, payment.orderId());
          entry.accept(tx);
          return payment;
        });
  }

  private static Outcome known(StepKey key, Outcome outcome) {
    return switch (outcome.state()) {
      case SUCCEEDED, DECLINED, NOT_EXECUTED -> outcome;
      case PENDING, UNKNOWN -> {
        if (Standing.isAwaited(outcome)) {
          yield outcome;
        }
        throw StepFailure.unsettled(key, outcome);
      }
    };
  }

  private List<Undo> toGiveBack(Handle tx, OrderId order) {
    List<Operation> effects = ledger.effects(tx, order);
    StoredOrder known = orders.get(tx, order);
    Optional<StepKey> first = known.standsOn().or(() -> firstPaid(effects));
    UndoList list = new UndoList(order, effects);
    return known.ending().isPresent()
        ? list.undos().stream().filter(undo -> undo.key().step() == Step.REFUND).toList()
        : list.undosOfStanding(
            paid ->
                paid.state() == Operation.State.SUCCEEDED
                    && !first.equals(Optional.of(paid.key())));
  }

  private static Optional<StepKey> firstPaid(List<Operation> effects) {
    return effects.stream()
        .filter(effect -> PAID.contains(effect.key().step()))
        .filter(effect -> effect.state() == Operation.State.SUCCEEDED)
        .min(Comparator.comparing(Operation::updatedAt).thenComparingLong(Operation::seq))
        .map(Operation::key);
  }
}
