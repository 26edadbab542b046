package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.ratelimiter.RateLimiter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.joda.money.Money;

/**
 * A channel that is left alone while it does not answer, is not called more often than agreed, and
 * obeys its switch. What is refused here is certainly not executed; to a question it is no answer
 * at all. Payments that go on elsewhere wait; questions and undos are let through again as soon as
 * the first trial calls are, whatever their number.
 */
final class GuardedChannel implements PaymentChannel {
  static final String CIRCUIT_OPEN = "CIRCUIT_OPEN";
  static final String RATE_LIMITED = "RATE_LIMITED";
  static final String OFF = "CHANNEL_OFF";

  private static final RuntimeException UNANSWERED = new IllegalStateException("no answer");

  private final PaymentChannel channel;
  private final CircuitBreaker breaker;
  private final Optional<RateLimiter> rate;
  private final Supplier<ChannelState> state;
  private final CallMeter meter;

  /**
   * @param state of its switch
   */
  GuardedChannel(
      PaymentChannel channel, Guards guards, Supplier<ChannelState> state, CallMeter meter) {
    this.channel = channel;
    this.breaker = guards.breaker(channel.name());
    this.rate = guards.rate(channel.name());
    this.state = state;
    this.meter = meter;
  }

  /** Whether a guard kept a payment back that may let a question through. */
  static boolean mayAnswerQuestions(Answer answer) {
    return answer
        .outcome()
        .reason()
        .map(Reason::code)
        .filter(code -> code.equals(CIRCUIT_OPEN) || code.equals(Reason.CHANNEL_DRAINED))
        .isPresent();
  }

  /**
   * How long a payment in doubt may be sent again under its key. Not at all while the channel takes
   * no payments: it is asked, until it is certain that nothing came of what was sent before.
   */
  Duration paymentWindow() {
    return state.get() == ChannelState.DRAINED
        ? Duration.ZERO
        : abilities().keyWindow().orElse(Duration.ZERO);
  }

  /** Whether nothing happened, because the channel takes no new payments. */
  static boolean drained(Outcome outcome) {
    return outcome.state() == State.NOT_EXECUTED
        && outcome.reason().filter(why -> why.code().equals(Reason.CHANNEL_DRAINED)).isPresent();
  }

  @Override
  public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    return call(CallKind.AUTHORIZE, () -> channel.authorize(key, purchase, budget));
  }

  @Override
  public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    return call(CallKind.CHARGE, () -> channel.charge(key, purchase, budget));
  }

  @Override
  public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return call(CallKind.CAPTURE, () -> channel.capture(key, authorization, budget));
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return call(CallKind.VOID, () -> channel.voidAuthorization(key, authorization, budget));
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return call(CallKind.REFUND, () -> channel.refund(key, payment, amount, budget));
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return call(CallKind.FIND, () -> channel.find(key, budget));
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return call(CallKind.FETCH, () -> channel.fetch(reference, budget));
  }

  @Override
  public Answer close(StepKey key, CallBudget budget) {
    return call(CallKind.CLOSE, () -> channel.close(key, budget));
  }

  @Override
  public Movements movements(ProviderTransaction payment, CallBudget budget) {
    return guarded(
        CallKind.MOVEMENTS,
        () -> channel.movements(payment, budget),
        Movements.Unanswered::new,
        GuardedChannel::outcome);
  }

  @Override
  public Answer captured(ProviderTransaction authorization, CallBudget budget) {
    return call(CallKind.MOVEMENTS, () -> channel.captured(authorization, budget));
  }

  private Answer call(CallKind kind, Supplier<Answer> request) {
    return guarded(
        kind,
        request,
        refusal ->
            kind.purpose() == CallKind.Purpose.QUESTION
                ? Answer.unknown(refusal)
                : Answer.notExecuted(refusal),
        Answer::outcome);
  }

  private static Outcome outcome(Movements movements) {
    return movements instanceof Movements.Unanswered unanswered
        ? Outcome.unknown(unanswered.reason())
        : Outcome.succeeded();
  }

  /**
   * @param refused the answer of a guard
   */
  private <A> A guarded(
      CallKind kind,
      Supplier<A> request,
      Function<Reason, A> refused,
      Function<A, Outcome> outcome) {
    Optional<Reason> refusal = refusal(kind);
    if (refusal.isPresent()) {
      A answer = refused.apply(refusal.get());
      meter.called(name(), kind, outcome.apply(answer), Duration.ZERO);
      return answer;
    }
    long begin = System.nanoTime();
    try {
      A answer = request.get();
      count(outcome.apply(answer), System.nanoTime() - begin);
      meter.called(
          name(), kind, outcome.apply(answer), Duration.ofNanos(System.nanoTime() - begin));
      return answer;
    } catch (RuntimeException | Error e) {
      breaker.onError(System.nanoTime() - begin, TimeUnit.NANOSECONDS, e);
      throw e;
    }
  }

  /** Why an operator lets it take no new payments. */
  Optional<Reason> objection() {
    return objection(state.get());
  }

  private Optional<Reason> objection(ChannelState now) {
    return switch (now) {
      case OPEN -> Optional.empty();
      case DRAINED -> says(Reason.CHANNEL_DRAINED, "takes no new payments");
      case OFF -> says(OFF, "is switched off");
    };
  }

  private Optional<Reason> refusal(CallKind kind) {
    ChannelState now = state.get();
    boolean drained = now == ChannelState.DRAINED && kind.purpose() == CallKind.Purpose.PAYMENT;
    if (drained || now == ChannelState.OFF) {
      return objection(now);
    }
    if (rate.isPresent() && !rate.get().acquirePermission()) {
      return says(RATE_LIMITED, "is called as often as agreed");
    }
    if (!admitted(kind)) {
      return says(CIRCUIT_OPEN, "has not answered lately, and is left alone for a while");
    }
    return Optional.empty();
  }

  /** Payments must not take all the trial calls from those who can't go elsewhere. */
  private boolean admitted(CallKind kind) {
    return breaker.tryAcquirePermission()
        || (kind.purpose() != CallKind.Purpose.PAYMENT
            && breaker.getState() == CircuitBreaker.State.HALF_OPEN);
  }

  private Optional<Reason> says(String code, String what) {
    return Optional.of(new Reason(code, "The payment channel '" + name() + "' " + what + "."));
  }

  private void count(Outcome answer, long nanos) {
    State outcome = answer.state();
    String code = answer.reason().map(Reason::code).orElse("");
    if (code.equals(NO_TIME_LEFT)) {
      breaker.releasePermission();
    } else if ((outcome == State.UNKNOWN && !code.equals(KEY_REUSED)) || code.equals(UNREACHABLE)) {
      breaker.onError(nanos, TimeUnit.NANOSECONDS, UNANSWERED);
    } else {
      breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public Abilities abilities() {
    return channel.abilities();
  }

  @Override
  public CallLimits limits() {
    return channel.limits();
  }

  @Override
  public Optional<Callbacks> callbacks() {
    return channel.callbacks();
  }
}
