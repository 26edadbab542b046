package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;

/**
 * The protocol around a call to a provider: claimed in one transaction, called without any,
 * recorded in a second one. Whoever dies in between leaves a claim behind, which is taken over when
 * its lease is over: with the same key again where the provider enforces it, else with a question.
 */
final class ProviderCalls {
  private static final String NOT_FOUND_YET = "NOT_FOUND_YET";

  private final Calls calls;
  private final Bookkeeping books;

  ProviderCalls(Calls calls, Bookkeeping books) {
    this.calls = calls;
    this.books = books;
  }

  /** Carries the call out, or returns what became of it; throws what is not settled. */
  Outcome carryOut(ProviderCall call, Attempt attempt) {
    PaymentChannel channel = attempt.channel();
    Claim.Terms terms =
        new Claim.Terms(attempt.lease(), channel.abilities().keyWindow().orElse(Duration.ZERO));
    Claim claim = calls.claim(call.key(), call.payload(), terms, call.preparation());
    if (claim instanceof Claim.Settled settled) {
      return settled.outcome();
    }
    Claim.Held held = (Claim.Held) claim;
    Answer answer =
        held.mode() == Claim.Mode.SEND
            ? sent(held, call.request().send(channel, call.key(), attempt.budget()))
            : asked(held, channel.find(call.key(), attempt.budget()), channel);
    Outcome kept = books.settle(held, channel, checked(answer, call.expectation()));
    return finalOrThrown(call.key(), kept, restOfHorizon(held, channel));
  }

  /**
   * Finds out, by nothing but questions, what became of a forward call that is to be undone.
   *
   * @param undo on whose behalf
   * @return {@code SUCCEEDED}, {@code DECLINED}, or {@code NOT_EXECUTED} and never to be; what is
   *     still in doubt is thrown
   */
  Outcome settleForUndo(StepKey undo, StepKey forward, Expectation expectation, Attempt attempt) {
    Claim claim = calls.claimForUndo(forward, attempt.lease());
    if (claim instanceof Claim.Settled settled) {
      return settled.outcome();
    }
    Claim.Held held = (Claim.Held) claim;
    PaymentChannel channel = attempt.channel();
    Answer answer = asked(held, channel.find(forward, attempt.budget()), channel);
    // What was taken is given back, even where it is not what was asked for.
    Expectation found = answer.transaction().map(expectation::ofAmountIn).orElse(expectation);
    Outcome kept = books.settle(held, channel, checked(answer, found));
    if (kept.state() == State.NOT_EXECUTED) {
      return kept;
    }
    return finalOrThrown(undo, kept, restOfHorizon(held, channel));
  }

  /** That this request did nothing says nothing about an earlier one with the same key. */
  private static Answer sent(Claim.Held held, Answer answer) {
    boolean inDoubt = held.firstSentAt().isBefore(held.claimedAt());
    return inDoubt && answer.outcome().state() == State.NOT_EXECUTED
        ? Answer.unknown(answer.outcome().reason().orElseThrow())
        : answer;
  }

  /** That there is nothing is final only when nothing can appear any more. */
  private static Answer asked(Claim.Held held, Answer answer, PaymentChannel channel) {
    return answer.outcome().state() == State.NOT_EXECUTED && !restOfHorizon(held, channel).isZero()
        ? Answer.unknown(
            new Reason(NOT_FOUND_YET, "The provider does not know it; it may still be on its way."))
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

  private static Answer checked(Answer answer, Expectation expectation) {
    Optional<Reason> difference = answer.transaction().flatMap(expectation::differenceTo);
    return difference
        .map(reason -> new Answer(Outcome.unknown(reason), answer.transaction(), Optional.empty()))
        .orElse(answer);
  }

  private static Outcome finalOrThrown(StepKey key, Outcome outcome, Duration wait) {
    if (outcome.state().isFinal()) {
      return outcome;
    }
    String code = outcome.reason().map(Reason::code).orElse("");
    if (code.equals(PaymentChannel.KEY_REUSED)) {
      throw ApplicationFailure.newNonRetryableFailure(
          key + ", " + outcome.reason().orElseThrow(), Ledger.KEY_REUSED, outcome);
    }
    throw code.equals(NOT_FOUND_YET) && !wait.isZero()
        ? StepFailure.unsettled(key, outcome, wait)
        : StepFailure.unsettled(key, outcome);
  }
}
