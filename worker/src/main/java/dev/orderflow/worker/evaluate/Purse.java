package dev.orderflow.worker.evaluate;

import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.activities.settlement.EvaluationIds;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * Pays small amounts by a channel, for no order, and knows which of them were not given back yet.
 * Safe for use by many threads, each with payments of its own.
 */
final class Purse {

  /**
   * A payment that was made, or may have been, and is not known to be given back.
   *
   * @param payment as the provider reports it; absent while that is not known
   * @param last answer about it, or about its refund
   * @param refunding whether its refund was asked for
   * @param sentAt when it was asked for
   */
  record Left(
      StepKey key,
      Optional<ProviderTransaction> payment,
      Answer last,
      boolean refunding,
      Instant sentAt) {

    StepKey refundKey() {
      return StepKey.of(key.order(), Step.REFUND);
    }

    /** By which a person finds it: the provider's name for it, else ours. */
    String reference() {
      return payment.map(ProviderTransaction::reference).orElse(key.toString());
    }
  }

  private static final Answer NOT_ANSWERED =
      Answer.unknown(new Reason("NOT_ANSWERED", "The channel has not answered yet."));

  private final PaymentChannel channel;
  private final String token;
  private final Money amount;
  private final Map<StepKey, Left> left = new ConcurrentHashMap<>();

  Purse(PaymentChannel channel, String token, Money amount) {
    this.channel = channel;
    this.token = token;
    this.amount = amount;
  }

  /** The key of a payment that was never made. */
  StepKey nextKey() {
    return StepKey.of(EvaluationIds.next(), Step.CHARGE);
  }

  Answer pay(StepKey key) {
    Instant sentAt = Instant.now();
    // Before the call: it may never return, and have paid all the same.
    left.put(key, new Left(key, Optional.empty(), NOT_ANSWERED, false, sentAt));
    Purchase purchase = new Purchase(key.order().value(), token, amount);
    Answer answer = ask(() -> channel.charge(key, purchase, budget()));
    State state = answer.outcome().state();
    if (state == State.DECLINED || state == State.NOT_EXECUTED) {
      left.remove(key);
    } else {
      left.computeIfPresent(
          key,
          (same, known) ->
              known.payment().isPresent()
                  ? known
                  : new Left(key, paid(answer), answer, false, sentAt));
    }
    return answer;
  }

  /** A channel that throws has said nothing. */
  private static Answer ask(Supplier<Answer> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return Answer.unknown(new Reason("CHANNEL_FAILED", "The channel threw " + e + "."));
    }
  }

  private static Optional<ProviderTransaction> paid(Answer answer) {
    return answer.outcome().state() == State.SUCCEEDED ? answer.transaction() : Optional.empty();
  }

  /** Gives a payment back, or finds out that there is nothing to give back; one call or two. */
  void giveBack(StepKey key) {
    Left known = left.get(key);
    if (known == null) {
      return;
    }
    if (known.payment().isEmpty()) {
      known = asked(known);
    }
    if (known.payment().isPresent()) {
      refund(known);
    }
  }

  private Left asked(Left doubtful) {
    boolean closes = channel.abilities().fence() == Abilities.Fence.CLOSE;
    Answer answer =
        ask(
            () ->
                closes
                    ? channel.close(doubtful.key(), budget())
                    : channel.find(doubtful.key(), budget()));
    State state = answer.outcome().state();
    boolean never =
        state == State.DECLINED
            || (state == State.NOT_EXECUTED
                && Instant.now().isAfter(doubtful.sentAt().plus(channel.abilities().horizon())));
    if (never) {
      left.remove(doubtful.key());
    }
    Left now = new Left(doubtful.key(), paid(answer), answer, false, doubtful.sentAt());
    left.replace(doubtful.key(), now);
    return now;
  }

  private void refund(Left paid) {
    // What was asked for and is in doubt is asked for again only where that can't give back twice.
    boolean onlyAsk =
        paid.refunding()
            && paid.last().outcome().state() != State.NOT_EXECUTED
            && channel.abilities().keyWindow().isEmpty();
    Answer answer =
        ask(
            () ->
                onlyAsk
                    ? channel.find(paid.refundKey(), budget())
                    : channel.refund(
                        paid.refundKey(), paid.payment().orElseThrow(), amount, budget()));
    if (answer.outcome().state() == State.SUCCEEDED) {
      left.remove(paid.key());
    } else {
      left.replace(paid.key(), new Left(paid.key(), paid.payment(), answer, true, paid.sentAt()));
    }
  }

  private CallBudget budget() {
    return CallBudget.of(channel.limits().timeout());
  }

  /** What is not given back yet, or may not be, oldest first. */
  List<Left> left() {
    return left.values().stream().sorted(Comparator.comparing(Left::sentAt)).toList();
  }

  /** Gives back what is left, again and again, until nothing is or the time is over. */
  List<Left> settle(Duration atMost) throws InterruptedException {
    Instant end = Instant.now().plus(atMost);
    while (true) {
      for (Left each : left()) {
        if (Instant.now().isAfter(end)) {
          return left();
        }
        giveBack(each.key());
      }
      if (left.isEmpty() || Instant.now().isAfter(end)) {
        return left();
      }
      Thread.sleep(500);
    }
  }
}
