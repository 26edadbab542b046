package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a payment's provider what became of it since, and has it booked. Where nothing has happened
 * that is one question, and nothing is written.
 */
@Singleton
final class Inquiries {
  private final Transactions transactions;
  private final Ledger ledger;
  private final Attempts attempts;
  private final MovementBooks books;
  private final ProviderCalls calls;
  private final RefundStore refunds = new RefundStore();

  @Inject
  Inquiries(
      Transactions transactions,
      Ledger ledger,
      Attempts attempts,
      MovementBooks books,
      ProviderCalls calls) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.attempts = attempts;
    this.books = books;
    this.calls = calls;
  }

  /** As {@link #ask(BookedPayment, String, Attempt)}, in an attempt of its own. */
  Optional<Reason> ask(BookedPayment payment) {
    StepKey taken = payment.forward();
    return ledger
        .find(taken)
        .flatMap(Operation::reference)
        .flatMap(
            reference ->
                attempts.make(
                    taken, payment.channel(), attempt -> ask(payment, reference, attempt)));
  }

  /**
   * Asks about a payment that took money.
   *
   * @param reference the provider's name for what took it
   * @return why not everything is known and booked; empty when it is
   */
  Optional<Reason> ask(BookedPayment payment, String reference, Attempt attempt) {
    ProviderTransaction paid =
        new ProviderTransaction(
            Kind.of(payment.forward().step()),
            reference,
            payment.captured().isPositive() ? payment.captured() : payment.amount(),
            payment.orderId().value(),
            Optional.empty());
    Movements answer = attempt.channel().movements(paid, attempt.budget());
    if (answer instanceof Movements.Unanswered unanswered) {
      return Optional.of(unanswered.reason());
    }
    Movements.Reported reported = (Movements.Reported) answer;
    return reported.movements().isEmpty() && reported.disputes().isEmpty()
        ? Optional.empty()
        : enter(payment, reference, reported, attempt);
  }

  private Optional<Reason> enter(
      BookedPayment payment, String reference, Movements.Reported reported, Attempt attempt) {
    List<Movement> moved = books.unknown(payment, reported.movements());
    if (settleOurs(payment, reference, moved, attempt)) {
      moved = books.unknown(payment, moved);
    }
    List<BookedRefund> doubtful = inDoubt(payment, moved);
    Set<String> withheld =
        moved.stream()
            .filter(movement -> doubtful.stream().anyMatch(refund -> may(refund, movement)))
            .map(Movement::reference)
            .collect(Collectors.toSet());
    List<Movement> certain =
        moved.stream()
            .filter(movement -> !withheld.contains(movement.reference()))
            // Nor that one of them came back.
            .filter(movement -> !withheld.contains(movement.of()))
            .toList();
    List<Dispute> disputed = books.news(payment, reported.disputes());
    if (!certain.isEmpty() || !disputed.isEmpty()) {
      books.book(payment, certain, disputed);
    }
    return doubtful.stream().map(Inquiries::inDoubt).findFirst();
  }

  /** What may be a refund of ours is asked about by its key, before it is taken for another's. */
  private boolean settleOurs(
      BookedPayment payment, String reference, List<Movement> moved, Attempt attempt) {
    List<BookedRefund> doubtful = inDoubt(payment, moved);
    for (BookedRefund refund : doubtful) {
      Expectation expectation =
          new Expectation(
              Kind.REFUND, refund.amount(), payment.orderId().value(), Optional.of(reference));
      calls.ask(refund.key(), expectation, attempt);
    }
    return !doubtful.isEmpty();
  }

  /** The payment's refunds of which any of the movements may be one. */
  private List<BookedRefund> inDoubt(BookedPayment payment, List<Movement> moved) {
    if (moved.stream().noneMatch(movement -> movement.kind() == Movement.Kind.REFUND)) {
      return List.of();
    }
    return transactions.read(tx -> refunds.ofOrder(tx, payment.orderId())).stream()
        .filter(refund -> refund.payment().equals(payment.key()) && refund.isInDoubt())
        .filter(refund -> moved.stream().anyMatch(movement -> may(refund, movement)))
        .toList();
  }

  private static boolean may(BookedRefund refund, Movement movement) {
    return movement.kind() == Movement.Kind.REFUND && movement.amount().equals(refund.amount());
  }

  private static Reason inDoubt(BookedRefund refund) {
    return new Reason(
        "REFUND_IN_DOUBT",
        "It is not known yet whether a refund of "
            + refund.amount()
            + " at the provider is "
            + refund.key()
            + ".");
  }
}
