package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.activities.order.StoredOrder;
import dev.orderflow.activities.payment.MovementStore.Owner;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Books what a provider did of its own: each movement once, by its reference, as an operation that
 * has succeeded; each dispute as a case with what was known of the order at that moment. One
 * transaction, which locks the order, so that goods are not handed over at the same time.
 */
@Singleton
final class MovementBooks {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Calls calls;
  private final Orders orders;
  private final PaymentStore payments = new PaymentStore();
  private final RefundStore refunds = new RefundStore();
  private final RefundCounter counter = new RefundCounter();
  private final MovementStore movements = new MovementStore();
  private final DisputeStore disputes = new DisputeStore();
  private final DisputeEvidences evidences = new DisputeEvidences();

  @Inject
  MovementBooks(Transactions transactions, Ledger ledger, Calls calls, Orders orders) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.calls = calls;
    this.orders = orders;
  }

  /** Those of the movements that no operation of the order has. */
  List<Movement> unknown(BookedPayment payment, List<Movement> reported) {
    List<String> references = reported.stream().map(Movement::reference).toList();
    var known = transactions.read(tx -> movements.owners(tx, payment.channel(), references));
    return reported.stream()
        .filter(
            movement ->
                Optional.ofNullable(known.get(movement.reference()))
                    .filter(owner -> owner.order().equals(payment.orderId()))
                    .isEmpty())
        .toList();
  }

  /** Those of the disputes that are new, or stand otherwise than they did. */
  List<Dispute> news(BookedPayment payment, List<Dispute> reported) {
    return reported.isEmpty()
        ? List.of()
        : transactions.read(tx -> disputes.news(tx, payment, reported));
  }

  /**
   * Books what is not booked yet, the oldest first; again is fine.
   *
   * @param moved those that are {@linkplain #unknown unknown}
   */
  void book(BookedPayment payment, List<Movement> moved, List<Dispute> disputed) {
    try {
      transactions.in(tx -> enter(tx, payment, moved, disputed));
    } catch (BelongsElsewhere e) {
      // Another order has just booked one of them: now that is known.
      transactions.in(tx -> enter(tx, payment, moved, disputed));
    }
  }

  private BookedPayment enter(
      Handle tx, BookedPayment payment, List<Movement> moved, List<Dispute> disputed) {
    StoredOrder order = orders.lock(tx, payment.orderId());
    // Now, and not when a difference is kept under it, after the payment.
    String reference = ledger.lock(tx, payment.forward()).reference().orElse("");
    // The evidence is what was known before.
    for (Dispute dispute : disputed) {
      enter(tx, payment, dispute, order);
    }
    Set<String> fresh = new HashSet<>();
    for (Movement movement : moved) {
      boolean ofPayment =
          movement.kind() == Movement.Kind.REFUND_FAILED || movement.of().equals(reference);
      // Asked once: another order may book it between two questions.
      Optional<OrderId> owner = owner(tx, payment, movement.reference()).map(Owner::order);
      boolean elsewhere = owner.filter(other -> !other.equals(order.id())).isPresent();
      if (!ofPayment || elsewhere) {
        keepDifference(tx, payment, movement);
      } else if (owner.isEmpty()) {
        insert(tx, payment, movement, fresh);
        fresh.add(movement.reference());
      }
    }
    movements.recount(tx, payment);
    if (movements.isDisputed(tx, order.id())) {
      orders.holdBack(tx, order.id());
    } else if (order.disputedAt().isPresent()) {
      orders.letGo(tx, order.id());
    }
    return payment;
  }

  /** A verdict is final: what is reported otherwise later, a person looks at. */
  private void enter(Handle tx, BookedPayment payment, Dispute dispute, StoredOrder order) {
    boolean entered =
        disputes.update(tx, payment, dispute)
            || disputes.insert(tx, payment, dispute, evidences.of(tx, order))
            || disputes.news(tx, payment, List.of(dispute)).isEmpty();
    if (!entered) {
      calls.keepDifference(
          tx, payment.forward(), Outcome.succeeded(dispute.reference()), dispute.amount());
    }
  }

  /**
   * Books a movement.
   *
   * @param fresh those that were not in the books either before this transaction
   */
  private void insert(Handle tx, BookedPayment payment, Movement movement, Set<String> fresh) {
    switch (movement.kind()) {
      case REFUND -> insert(tx, payment, movement, Step.REPORTED_REFUND, movement.reason());
      case CHARGEBACK -> insert(tx, payment, movement, Step.CHARGEBACK, movement.reason());
      case CHARGEBACK_REVERSED ->
          insert(tx, payment, movement, Step.CHARGEBACK_REVERSED, Optional.of(won(movement)));
      case REFUND_FAILED -> {
        // What came back before it was ever heard of, nobody has relied on.
        boolean counted = !fresh.contains(movement.of());
        insertFailed(tx, payment, movement, Optional.of(cameBack(movement)).filter(r -> counted));
      }
    }
    if (!movement.amount().isSameCurrency(payment.captured())) {
      keepDifference(tx, payment, movement);
    }
  }

  /** Also of a refund whose transaction is not in the books, but its name. */
  private Optional<Owner> owner(Handle tx, BookedPayment payment, String reference) {
    Owner owner = movements.owners(tx, payment.channel(), List.of(reference)).get(reference);
    return Optional.ofNullable(owner)
        .or(() -> refunds.named(tx, payment.orderId(), reference).map(Owner::of));
  }

  private void insertFailed(
      Handle tx, BookedPayment payment, Movement movement, Optional<Reason> reason) {
    Optional<Operation> made =
        owner(tx, payment, movement.of())
            .flatMap(Owner::operation)
            .flatMap(key -> ledger.find(tx, key));
    if (made.filter(refund -> refund.key().order().equals(payment.orderId())).isEmpty()) {
      keepDifference(tx, payment, movement);
    } else if (made.get().state() == Operation.State.SUCCEEDED) {
      insert(tx, payment, movement, Step.REFUND_FAILED, reason);
      counter.fail(tx, made.get().key());
    }
    // One of ours that was refused has never counted.
  }

  private void insert(
      Handle tx, BookedPayment payment, Movement movement, Step step, Optional<Reason> reason) {
    StepKey key = ledger.fresh(tx, payment.orderId(), step);
    Outcome booked =
        new Outcome(Outcome.State.SUCCEEDED, Optional.of(movement.reference()), reason);
    ledger.acceptAsDone(tx, key, booked, Optional.of(payment.forward()));
    ProviderTransaction reported =
        new ProviderTransaction(
            Kind.of(step),
            movement.reference(),
            movement.amount(),
            payment.orderId().value(),
            Optional.of(movement.of()));
    if (!payments.insertReport(tx, payment.channel(), key, reported)) {
      throw new BelongsElsewhere("The provider's " + movement.reference() + " is booked already.");
    }
  }

  private void keepDifference(Handle tx, BookedPayment payment, Movement movement) {
    calls.keepDifference(
        tx, payment.forward(), Outcome.succeeded(movement.reference()), movement.amount());
  }

  private static Reason cameBack(Movement movement) {
    return new Reason(
        "REFUND_FAILED",
        "The refund "
            + movement.of()
            + " of "
            + movement.amount()
            + " came back"
            + movement.reason().map(why -> ": " + why.message()).orElse("."));
  }

  private static Reason won(Movement movement) {
    return new Reason(
        "DISPUTE_WON",
        movement.amount() + " that the customer's bank had taken back came back to the shop.");
  }
}
