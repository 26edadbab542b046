package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.sandbox.callback.Occurrence;
import dev.orderflow.sandbox.journal.Journal;
import dev.orderflow.sandbox.journal.Json;
import dev.orderflow.sandbox.payment.Instruction.FollowUp;
import dev.orderflow.sandbox.payment.Instruction.Pay;
import dev.orderflow.sandbox.payment.PaymentObject.Reason;
import dev.orderflow.sandbox.payment.PaymentObject.Status;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What the provider did, rebuilt from its journal at start. Nothing leaves it that the disk does
 * not hold. Safe for use by many threads.
 */
final class Ledger {

  private final Journal journal;
  private final Clock clock;
  private final List<Effect> effects = new ArrayList<>();
  private final Map<String, List<Effect>> effectsByReference = new HashMap<>();
  private final Map<String, PaymentObject> objects = new HashMap<>();
  private final Map<String, Payment> payments = new HashMap<>();

  Ledger(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    journal.replay(line -> enter(effect(line)));
  }

  /** Who and what an instruction is about. */
  record Subject(String merchantReference, Operation operation, Behaviour behaviour) {}

  /**
   * On whose word: the key, the request it stands for, where it came from, and what it adds.
   *
   * @param channel of the merchant, as it calls it; only what begins a payment may name it
   */
  record Mandate(
      String idempotencyKey,
      String fingerprint,
      Origin origin,
      Optional<String> metadata,
      Optional<String> channel) {}

  /**
   * @throws RequestRefused 404 when there is no object for the operation to act on
   */
  synchronized Subject subject(Instruction instruction) {
    if (instruction instanceof Pay pay) {
      return new Subject(pay.merchantReference(), pay.operation(), pay.behaviour());
    }
    Payment payment = payment((FollowUp) instruction);
    return new Subject(
        payment.root().merchantReference(), instruction.operation(), payment.behaviour());
  }

  /** Does it, or declines; returns when the outcome is on the disk. */
  PaymentObject record(Instruction instruction, Mandate mandate) {
    PaymentObject object;
    long ticket;
    synchronized (this) {
      Behaviour behaviour = Behaviour.FLAWLESS;
      if (instruction instanceof Pay pay) {
        object = begun(pay, mandate);
        behaviour = pay.behaviour();
      } else {
        object = followed((FollowUp) instruction, mandate);
      }
      Effect effect =
          new Effect(
              effects.size() + 1L,
              mandate.origin(),
              object,
              mandate.fingerprint(),
              behaviour.rules(),
              instruction instanceof Pay ? mandate.channel().orElse(null) : null);
      ticket = journal.write(Json.line(effect));
      enter(effect);
    }
    journal.force(ticket);
    return object;
  }

  /**
   * Tells a payment, or a dispute, anew; returns when it is on the disk.
   *
   * @param change what it becomes; the same object where nothing changes
   * @return what it became; empty where nothing changed
   */
  Optional<PaymentObject> change(String id, Origin origin, UnaryOperator<PaymentObject> change) {
    PaymentObject object;
    long ticket;
    synchronized (this) {
      PaymentObject known = objects.get(id);
      object = change.apply(known);
      if (object.equals(known)) {
        return Optional.empty();
      }
      Effect effect =
          new Effect(
              effects.size() + 1L, origin, object, payments.get(id).fingerprint(), List.of(), null);
      ticket = journal.write(Json.line(effect));
      enter(effect);
    }
    journal.force(ticket);
    return Optional.of(object);
  }

  /** What was done to the payment that the object belongs to, oldest first, each as it is now. */
  List<PaymentObject> done(String id) {
    List<PaymentObject> done;
    synchronized (this) {
      done = Optional.ofNullable(payments.get(id)).map(Payment::done).orElse(List.of());
    }
    journal.force(journal.lastTicket());
    return done;
  }

  /** How the payment's token wants it. */
  synchronized Behaviour behaviour(String id) {
    return payments.get(id).behaviour();
  }

  /** Where the merchant is told of the object, and what it is. */
  synchronized Occurrence occurrence(PaymentObject object) {
    return new Occurrence(
        payments.get(object.id()).channel(),
        object.eventType(),
        object.id(),
        object.merchantReference());
  }

  Optional<PaymentObject> object(String id) {
    Optional<PaymentObject> found;
    synchronized (this) {
      found = Optional.ofNullable(objects.get(id));
    }
    journal.force(journal.lastTicket());
    return found;
  }

  /** Everything, in order. */
  List<Effect> effects() {
    List<Effect> copy;
    synchronized (this) {
      copy = List.copyOf(effects);
    }
    journal.force(journal.lastTicket());
    return copy;
  }

  /** Everything about one merchant reference, in order. */
  List<Effect> effects(String merchantReference) {
    List<Effect> copy;
    synchronized (this) {
      copy = List.copyOf(effectsByReference.getOrDefault(merchantReference, List.of()));
    }
    journal.force(journal.lastTicket());
    return copy;
  }

  private PaymentObject begun(Pay pay, Mandate mandate) {
    Optional<ReasonCode> decline = pay.behaviour().decline(pay.operation());
    return new PaymentObject(
        pay.operation().idPrefix() + UUID.randomUUID().toString().replace("-", ""),
        pay.operation(),
        decline.isPresent()
            ? Status.DECLINED
            : pay.behaviour().customer().isPresent() ? Status.PENDING : Status.SUCCEEDED,
        pay.amount(),
        pay.currency(),
        pay.merchantReference(),
        null,
        mandate.idempotencyKey(),
        clock.instant(),
        decline.map(Reason::new).orElse(null),
        mandate.metadata().orElse(null));
  }

  private PaymentObject followed(FollowUp followUp, Mandate mandate) {
    Payment payment = payment(followUp);
    Operation operation = followUp.operation();
    PaymentObject target = objects.get(followUp.target());
    long amount = followUp.amount().orElse(payment.all(operation, target));
    Optional<ReasonCode> decline = payment.objection(operation, target, amount);
    if (decline.isEmpty() && mandate.origin() == Origin.API) {
      decline = payment.whim(operation);
    }
    Status done = operation == Operation.DISPUTE ? Status.OPEN : Status.SUCCEEDED;
    return new PaymentObject(
        operation.idPrefix() + UUID.randomUUID().toString().replace("-", ""),
        operation,
        decline.isEmpty() ? done : Status.DECLINED,
        amount,
        payment.root().currency(),
        payment.root().merchantReference(),
        followUp.target(),
        mandate.idempotencyKey(),
        clock.instant(),
        decline.or(followUp::why).map(Reason::new).orElse(null),
        mandate.metadata().orElse(null));
  }

  private Payment payment(FollowUp followUp) {
    PaymentObject target = objects.get(followUp.target());
    if (target == null || !followUp.operation().actsOn().contains(target.object())) {
      throw RequestRefused.notFound(
          "There is nothing with this id for a " + followUp.operation().object() + ".");
    }
    return payments.get(followUp.target());
  }

  private void enter(Effect effect) {
    PaymentObject object = effect.object();
    effects.add(effect);
    effectsByReference
        .computeIfAbsent(object.merchantReference(), reference -> new ArrayList<>())
        .add(effect);
    boolean toldAnew = objects.put(object.id(), object) != null;
    if (toldAnew && object.parent() == null) {
      payments.get(object.id()).became(object);
      return;
    }
    if (object.parent() == null) {
      payments.put(
          object.id(),
          new Payment(
              object, new Behaviour(effect.rules()), effect.fingerprint(), effect.channel()));
      return;
    }
    Payment payment = payments.get(object.parent());
    payment.enter(object);
    // A refund may name the capture.
    payments.put(object.id(), payment);
  }

  private static Effect effect(String line) {
    try {
      return Json.MAPPER.readValue(line, Effect.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A line of the payment journal is not an effect", e);
    }
  }
}
