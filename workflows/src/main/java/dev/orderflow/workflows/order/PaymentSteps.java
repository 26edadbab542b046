package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Ladder;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Steps;
import dev.orderflow.workflows.saga.Steps.Call;
import dev.orderflow.workflows.saga.Steps.Quick;
import io.temporal.failure.ActivityFailure;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** An order's charge or authorization: each attempt under a key of its own, asked about, closed. */
final class PaymentSteps {

  private static final String KEY_REUSED = "KEY_REUSED";

  /** The key was used before, for another attempt: one that the history has forgotten. */
  static final class KeyTaken extends RuntimeException {
    KeyTaken() {
      super("taken", null, false, false);
    }
  }

  private final Steps steps;
  private final BooleanSupplier interrupted;

  /**
   * @param interrupted tells that the order is to be cancelled: a do that is in trouble is given up
   */
  PaymentSteps(Steps steps, BooleanSupplier interrupted) {
    this.steps = steps;
    this.interrupted = interrupted;
  }

  /** To be called after every wait. */
  void newStretch() {
    steps.newStretch();
  }

  /**
   * Makes the quick attempts.
   *
   * @throws KeyTaken when the key is another attempt's
   */
  Quick<PaymentAnswer> quickly(Payment payment) {
    return unlessTaken(payment, () -> steps.quickly(call(payment), request(payment)));
  }

  /** Makes the durable attempts, after the quick ones; empty where the channel is drained. */
  Optional<PaymentAnswer> climb(Payment payment) {
    try {
      return Optional.of(steps.climb(call(payment), request(payment), interrupted));
    } catch (ActivityFailure e) {
      if (Failures.isRefusal(e, Reason.CHANNEL_DRAINED)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Makes the quick attempts and then the durable ones.
   *
   * @throws KeyTaken when the key is another attempt's
   */
  PaymentAnswer run(Payment payment) {
    return unlessTaken(payment, () -> steps.run(call(payment), request(payment), interrupted));
  }

  /** The first key's payment is the document's: there its reuse is a bug. */
  private static <R> R unlessTaken(Payment payment, Supplier<R> attempts) {
    try {
      return attempts.get();
    } catch (ActivityFailure e) {
      if (payment.key().n() > 1 && Failures.isOfType(e, KEY_REUSED)) {
        throw new KeyTaken();
      }
      throw e;
    }
  }

  private static Call<PaymentActivities> call(Payment payment) {
    return call(payment.key().step().word() + " " + payment.amount());
  }

  private static Call<PaymentActivities> call(String summary) {
    return new Call<>(PaymentActivities.class, Ladder.PAYMENT, summary);
  }

  private static Function<PaymentActivities, PaymentAnswer> request(Payment payment) {
    return payment.key().step() == Step.AUTHORIZE
        ? provider -> provider.authorize(payment)
        : provider -> provider.charge(payment);
  }

  /** Asks where an attempt stands, and gives up quickly. */
  Quick<PaymentAnswer> queryQuickly(StepKey key) {
    return steps.quickly(question(key), provider -> provider.query(key));
  }

  /** Asks where an attempt stands. */
  PaymentAnswer query(StepKey key) {
    return steps.run(question(key), provider -> provider.query(key), interrupted);
  }

  private static Call<PaymentActivities> question(StepKey key) {
    return call("ask about " + named(key));
  }

  /** Why a channel takes no new payments now; absent also where nobody says so quickly. */
  Optional<Reason> objection(String channel) {
    return steps
        .quickly(call("look at " + channel), provider -> provider.objection(channel))
        .answer()
        .flatMap(Function.identity());
  }

  /** Closes an attempt: afterwards it was paid, or never will be. */
  Outcome close(StepKey key) {
    return steps.run(call("close " + named(key)), provider -> provider.close(key), interrupted);
  }

  private static String named(StepKey key) {
    return key.step().word() + " " + key.n();
  }
}
