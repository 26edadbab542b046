package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.payment.PaymentObject.Status;
import java.util.Optional;

/**
 * One authorization or charge with all that was done to it. Its state follows from the objects
 * entered, in their order, and from nothing else. Guarded by its {@link Ledger}.
 */
final class Payment {

  private enum Stage {
    PENDING,
    DECLINED,
    AUTHORIZED,
    VOIDED,
    CAPTURED
  }

  private final Behaviour behaviour;
  private final String fingerprint;
  private PaymentObject root;
  private Stage stage;
  private long captured;
  private long refunded;
  private int refusedUndos;

  /**
   * @param fingerprint of the request that began it
   */
  Payment(PaymentObject root, Behaviour behaviour, String fingerprint) {
    this.behaviour = behaviour;
    this.fingerprint = fingerprint;
    became(root);
  }

  /** Takes in what it is now: it waited for its customer before, or begins. */
  void became(PaymentObject now) {
    root = now;
    stage =
        switch (now.status()) {
          case PENDING -> Stage.PENDING;
          case DECLINED -> Stage.DECLINED;
          case SUCCEEDED -> now.object() == Operation.CHARGE ? Stage.CAPTURED : Stage.AUTHORIZED;
        };
    captured = stage == Stage.CAPTURED ? now.amount() : 0;
  }

  String fingerprint() {
    return fingerprint;
  }

  PaymentObject root() {
    return root;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  /** Why the rules of money forbid it. */
  Optional<DeclineCode> objection(Operation operation, long amount) {
    if (stage == Stage.PENDING) {
      return Optional.of(DeclineCode.PAYMENT_PENDING);
    }
    if (stage == Stage.DECLINED) {
      return Optional.of(DeclineCode.PAYMENT_DECLINED);
    }
    if (operation == Operation.REFUND) {
      return amount > captured - refunded
          ? Optional.of(DeclineCode.AMOUNT_TOO_LARGE)
          : Optional.empty();
    }
    return switch (stage) {
      case CAPTURED -> Optional.of(DeclineCode.ALREADY_CAPTURED);
      case VOIDED -> Optional.of(DeclineCode.ALREADY_VOIDED);
      default ->
          amount > root.amount() ? Optional.of(DeclineCode.AMOUNT_TOO_LARGE) : Optional.empty();
    };
  }

  /** Why the token forbids it. */
  Optional<DeclineCode> whim(Operation operation) {
    boolean undo = operation == Operation.VOID || operation == Operation.REFUND;
    return undo && refusedUndos < behaviour.refusedUndos()
        ? Optional.of(DeclineCode.UNDO_REFUSED)
        : behaviour.decline(operation);
  }

  /** Takes in what was done to it, or declined. */
  void enter(PaymentObject object) {
    if (object.status() == Status.DECLINED) {
      if (object.reason().code() == DeclineCode.UNDO_REFUSED) {
        refusedUndos++;
      }
      return;
    }
    switch (object.object()) {
      case CAPTURE -> {
        stage = Stage.CAPTURED;
        captured = object.amount();
      }
      case VOID -> stage = Stage.VOIDED;
      case REFUND -> refunded += object.amount();
      case AUTHORIZE, CHARGE ->
          throw new IllegalArgumentException(object.id() + " begins a payment of its own");
    }
  }
}
