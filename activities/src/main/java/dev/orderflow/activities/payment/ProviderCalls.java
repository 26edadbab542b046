package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The protocol around a call to a provider: claimed in one transaction, called without any,
 * recorded in a second one. Whoever dies in between leaves a claim behind, which is taken over when
 * its lease is over: with the same key again where the provider enforces it, else with a question.
 */
@Singleton
final class ProviderCalls {
  private final Calls calls;
  private final Bookkeeping books;

  @Inject
  ProviderCalls(Calls calls, Bookkeeping books) {
    this.calls = calls;
    this.books = books;
  }

  /** Carries the call out, or returns what became of it; throws what is not settled. */
  Outcome carryOut(ProviderCall call, Attempt attempt) {
    Duration window = attempt.channel().abilities().keyWindow().orElse(Duration.ZERO);
    return carriedOut(call, attempt, window).finalOrThrown(call.key());
  }

  /**
   * As {@link #carryOut}, but {@code PENDING} is returned while the customer is waited for. Where
   * the channel is drained, and certainly has not taken the payment, a durable attempt says that it
   * never will: the order goes to its next channel or is rejected, and does not wait for days.
   */
  Outcome pay(ProviderCall call, Attempt attempt) {
    Standing standing = carriedOut(call, attempt, attempt.channel().paymentWindow());
    if (attempt.kind() == AttemptKind.REGULAR && GuardedChannel.drained(standing.outcome())) {
      throw StepFailure.never(call.key(), standing.outcome().reason().orElseThrow());
    }
    return standing.finalOrAwaited(call.key());
  }

  private Standing carriedOut(ProviderCall call, Attempt attempt, Duration sameKeyWindow) {
    PaymentChannel channel = attempt.channel();
    Claim.Terms terms = new Claim.Terms(attempt.lease(), sameKeyWindow);
    Claim claim = calls.claim(call.key(), call.payload(), terms, call.preparation());
    if (claim instanceof Claim.Settled settled) {
      return new Standing(settled.outcome(), Duration.ZERO);
    }
    Claim.Held held = (Claim.Held) claim;
    Answer answer =
        held.mode() == Claim.Mode.SEND
            ? sent(held, call, attempt)
            : asked(held, channel.find(call.key(), attempt.budget()), channel);
    Outcome kept = books.settle(held, channel, call.expectation().check(answer));
    return new Standing(kept, restOfHorizon(held, channel));
  }

  /**
   * Asks what became of a call, and records it.
   *
   * @return {@code SUCCEEDED}, {@code DECLINED}, {@code NOT_EXECUTED}, or {@code PENDING} while the
   *     customer is waited for; what is in doubt is thrown
   */
  Outcome query(StepKey key, Expectation expectation, Attempt attempt) {
    Standing standing = ask(key, expectation, attempt);
    return standing.outcome().state() == State.NOT_EXECUTED
        ? standing.outcome()
        : standing.finalOrAwaited(key);
  }

  /** As {@link #query}; what is in doubt is returned, too. */
  Standing ask(StepKey key, Expectation expectation, Attempt attempt) {
    Claim claim = calls.claimToAsk(key, attempt.lease());
    if (claim instanceof Claim.Settled settled) {
      return new Standing(settled.outcome(), Duration.ZERO);
    }
    Claim.Held held = (Claim.Held) claim;
    PaymentChannel channel = attempt.channel();
    Answer answer = asked(held, found(key, attempt), channel);
    Outcome kept = books.settle(held, channel, expectation.check(answer));
    return new Standing(kept, restOfHorizon(held, channel));
  }

  /** By its own name, where the provider has said one: by our key it may be found only later. */
  private Answer found(StepKey key, Attempt attempt) {
    return books
        .reference(key)
        .map(reference -> attempt.channel().fetch(reference, attempt.budget()))
        .orElseGet(() -> attempt.channel().find(key, attempt.budget()));
  }

  /**
   * Closes a payment, so that the customer can't pay it any more.
   *
   * @return as {@link #settleForUndo}
   */
  Outcome close(StepKey key, Expectation expectation, Attempt attempt) {
    return settled(key, key, attempt, found -> expectation);
  }

  /**
   * Finds out, by nothing but questions, what became of a forward call that is to be undone.
   *
   * @param undo on whose behalf
   * @return {@code SUCCEEDED}, {@code DECLINED}, or {@code NOT_EXECUTED} and never to be; what is
   *     still in doubt is thrown
   */
  Outcome settleForUndo(StepKey undo, StepKey forward, Expectation expectation, Attempt attempt) {
    // What was taken is given back, even where it is not what was asked for.
    return settled(undo, forward, attempt, expectation::ofAmountIn);
  }

  private Outcome settled(
      StepKey wish,
      StepKey forward,
      Attempt attempt,
      Function<ProviderTransaction, Expectation> expectation) {
    Claim claim = calls.claimForUndo(forward, attempt.lease());
    if (claim instanceof Claim.Settled settled) {
      return settled.outcome();
    }
    Claim.Held held = (Claim.Held) claim;
    PaymentChannel channel = attempt.channel();
    Answer answer = asked(held, lastQuestion(forward, attempt), channel);
    answer = lapsed(held, answer, channel);
    Optional<Expectation> found = answer.transaction().map(expectation);
    Answer believed = found.isPresent() ? found.get().check(answer) : answer;
    Outcome kept = books.settle(held, channel, believed);
    if (kept.state() == State.NOT_EXECUTED) {
      return kept;
    }
    return new Standing(kept, restOfHorizon(held, channel)).finalOrThrown(wish);
  }

  /** What the customer could still pay is closed at the provider, where that is possible. */
  private static Answer lastQuestion(StepKey forward, Attempt attempt) {
    PaymentChannel channel = attempt.channel();
    boolean closes =
        channel.abilities().fence() == Abilities.Fence.CLOSE
            && (forward.step() == Step.CHARGE || forward.step() == Step.AUTHORIZE);
    return closes
        ? channel.close(forward, attempt.budget())
        : channel.find(forward, attempt.budget());
  }

  /** Where it can't be closed, it is over when the customer's time is, and nothing has come. */
  private Answer lapsed(Claim.Held held, Answer answer, PaymentChannel channel) {
    if (!Standing.isAwaited(answer.outcome())) {
      return answer;
    }
    Instant last =
        answer
            .nextAction()
            .or(() -> books.nextAction(held.key()))
            .map(NextAction::expiresAt)
            .orElse(held.lastSentAt());
    return held.claimedAt().isAfter(last.plus(channel.abilities().horizon()))
        ? Answer.declined(new Reason("EXPIRED", "The customer did not pay in time."))
        : answer;
  }

  /** That this request did nothing says nothing about an earlier one with the same key. */
  private static Answer sent(Claim.Held held, ProviderCall call, Attempt attempt) {
    PaymentChannel channel = attempt.channel();
    Answer answer = call.request().send(channel, call.key(), attempt.budget());
    boolean inDoubt = held.firstSentAt().isBefore(held.claimedAt());
    if (!inDoubt || answer.outcome().state() != State.NOT_EXECUTED) {
      return answer;
    }
    // A drained channel takes no new payment, and still answers for those it may have taken.
    Answer found =
        GuardedChannel.mayAnswerQuestions(answer)
            ? channel.find(call.key(), attempt.budget())
            : answer;
    return found.outcome().state() == State.NOT_EXECUTED
        ? Answer.unknown(answer.outcome().reason().orElseThrow())
        : found;
  }

  /** That there is nothing is final only when nothing can appear any more. */
  private static Answer asked(Claim.Held held, Answer answer, PaymentChannel channel) {
    return answer.outcome().state() == State.NOT_EXECUTED && !restOfHorizon(held, channel).isZero()
        ? Answer.unknown(
            new Reason(
                Standing.NOT_FOUND_YET,
                "The provider does not know it; it may still be on its way."))
        : answer;
  }

  /** A request left at the latest when the attempt that claimed it had used up its time. */
  private static Duration restOfHorizon(Claim.Held held, PaymentChannel channel) {
    if (held.mode() == Claim.Mode.SEND) {
      return Duration.ZERO;
    }
    Duration rest =
        channel.abilities().horizon().plus(channel.limits().timeout()).minus(held.sinceLastSent());
    return rest.isNegative() ? Duration.ZERO : rest;
  }
}
