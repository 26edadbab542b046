package dev.orderflow.sandbox.payment;

import dev.orderflow.sandbox.callback.Callbacks;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
  private final String channel;
  private final Map<String, PaymentObject> done = new LinkedHashMap<>();
  private PaymentObject root;
  private Stage stage;
  private long captured;
  private int refusedUndos;

  /**
   * @param fingerprint of the request that began it
   * @param channel of the merchant; null where it named none
   */
  Payment(PaymentObject root, Behaviour behaviour, String fingerprint, String channel) {
    this.channel = channel == null ? Callbacks.DEFAULT_CHANNEL : channel;
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
          case OPEN, WON, LOST -> throw new IllegalArgumentException(now.id() + " is a dispute");
        };
    captured = stage == Stage.CAPTURED ? now.amount() : 0;
  }

  String fingerprint() {
    return fingerprint;
  }

  /** The merchant's, that it belongs to. */
  String channel() {
    return channel;
  }

  PaymentObject root() {
    return root;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  /** Why the rules of money forbid it. */
  Optional<ReasonCode> objection(Operation operation, PaymentObject target, long amount) {
    if (target.status() == Status.DECLINED) {
      return Optional.of(ReasonCode.PAYMENT_DECLINED);
    }
    if (stage == Stage.PENDING) {
      return Optional.of(ReasonCode.PAYMENT_PENDING);
    }
    if (stage == Stage.DECLINED) {
      return Optional.of(ReasonCode.PAYMENT_DECLINED);
    }
    return switch (operation) {
      case REFUND ->
          isDisputed() ? Optional.of(ReasonCode.PAYMENT_DISPUTED) : tooMuch(amount, left());
      case DISPUTE ->
          undisputed() == 0
              ? Optional.of(ReasonCode.ALREADY_DISPUTED)
              : tooMuch(amount, undisputed());
      case REFUND_FAILURE ->
          has(operation, target.id()) ? Optional.of(ReasonCode.ALREADY_FAILED) : Optional.empty();
      case CHARGEBACK, REVERSAL -> Optional.empty();
      case AUTHORIZE, CHARGE, CAPTURE, VOID -> objection(amount);
    };
  }

  /** Why it can't be captured or voided. */
  private Optional<ReasonCode> objection(long amount) {
    return switch (stage) {
      case CAPTURED -> Optional.of(ReasonCode.ALREADY_CAPTURED);
      case VOIDED -> Optional.of(ReasonCode.ALREADY_VOIDED);
      default -> tooMuch(amount, root.amount());
    };
  }

  private static Optional<ReasonCode> tooMuch(long amount, long most) {
    return amount > most ? Optional.of(ReasonCode.AMOUNT_TOO_LARGE) : Optional.empty();
  }

  /** What an operation is about when it names no amount. */
  long all(Operation operation, PaymentObject target) {
    return operation == Operation.DISPUTE ? undisputed() : target.amount();
  }

  /** What was done to it and not declined, oldest first, each as it is now. */
  List<PaymentObject> done() {
    return List.copyOf(done.values());
  }

  /** Whether such an operation was done to the object. */
  private boolean has(Operation operation, String target) {
    return done(operation).anyMatch(object -> object.parent().equals(target));
  }

  private Stream<PaymentObject> done(Operation operation) {
    return done.values().stream().filter(object -> object.object() == operation);
  }

  private long sum(Operation operation) {
    return done(operation).mapToLong(PaymentObject::amount).sum();
  }

  /** What the shop still has of it. */
  private long left() {
    return captured
        - sum(Operation.REFUND)
        + sum(Operation.REFUND_FAILURE)
        - sum(Operation.CHARGEBACK)
        + sum(Operation.REVERSAL);
  }

  private long undisputed() {
    return captured - sum(Operation.DISPUTE);
  }

  private boolean isDisputed() {
    return done(Operation.DISPUTE).anyMatch(dispute -> dispute.status() != Status.WON);
  }

  /** Why the token forbids it. */
  Optional<ReasonCode> whim(Operation operation) {
    boolean undo = operation == Operation.VOID || operation == Operation.REFUND;
    return undo && refusedUndos < behaviour.refusedUndos()
        ? Optional.of(ReasonCode.UNDO_REFUSED)
        : behaviour.decline(operation);
  }

  /** Takes in what was done to it, or declined, or told anew. */
  void enter(PaymentObject object) {
    if (object.status() == Status.DECLINED) {
      if (object.reason().code() == ReasonCode.UNDO_REFUSED) {
        refusedUndos++;
      }
      return;
    }
    done.put(object.id(), object);
    switch (object.object()) {
      case CAPTURE -> {
        stage = Stage.CAPTURED;
        captured = object.amount();
      }
      case VOID -> stage = Stage.VOIDED;
      case REFUND, DISPUTE, CHARGEBACK, REVERSAL, REFUND_FAILURE -> {
        // What they leave is counted from what was done.
      }
      case AUTHORIZE, CHARGE ->
          throw new IllegalArgumentException(object.id() + " begins a payment of its own");
    }
  }
}
