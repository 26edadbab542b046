package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** A channel that does not answer is left alone, and what can't go elsewhere is not forgotten. */
class GuardedChannelTest {
  private static final OrderId ORDER = OrderId.ofKey("guarded");
  private static final StepKey CHARGE = StepKey.of(ORDER, Step.CHARGE);
  private static final Purchase PURCHASE =
      new Purchase(ORDER.value(), "tok", Money.parse("EUR 12.34"));
  private static final ProviderTransaction PAYMENT =
      new ProviderTransaction(
          ProviderTransaction.Kind.CHARGE,
          "ch_1",
          PURCHASE.amount(),
          ORDER.value(),
          Optional.empty());
  private static final Answer PAID = Answer.succeeded(PAYMENT);
  private static final Answer NO_ANSWER = Answer.unknown(new Reason("NO_ANSWER", "Nothing came."));
  private static final Answer DECLINED = Answer.declined(new Reason("no_funds", "No funds."));
  private static final Duration OPEN_FOR = Duration.ofSeconds(5);

  private final ScriptedChannel provider =
      new ScriptedChannel("acme", Abilities.Steps.AUTHORIZE_AND_CAPTURE);
  private final Ticking clock = new Ticking();
  private final List<String> metered = new ArrayList<>();
  private ChannelState state = ChannelState.OPEN;

  /** A clock that stands still until it is told to go on. */
  private static final class Ticking extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void passes(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private GuardedChannel guarded(Optional<Integer> callsPerSecond) {
    GuardConfig config = new GuardConfig(50, 10, 4, OPEN_FOR, 1, callsPerSecond);
    return new GuardedChannel(
        provider,
        new Guards(config, clock),
        () -> state,
        (channel, kind, outcome, took) -> metered.add(kind + " " + outcome.state()));
  }

  private GuardedChannel guarded() {
    return guarded(Optional.empty());
  }

  private static CallBudget budget() {
    return CallBudget.of(Duration.ofSeconds(1));
  }

  private static Answer charge(PaymentChannel channel) {
    return channel.charge(CHARGE, PURCHASE, budget());
  }

  private GuardedChannel unanswering() {
    GuardedChannel channel = guarded();
    provider.says(() -> NO_ANSWER);
    for (int i = 0; i < 4; i++) {
      charge(channel);
    }
    provider.calls.clear();
    return channel;
  }

  private static String code(Answer answer) {
    return answer.outcome().reason().orElseThrow().code();
  }

  @Test
  void aChannelThatDoesNotAnswerIsLeftAloneAndNothingIsExecuted() {
    GuardedChannel channel = unanswering();

    Answer refused = charge(channel);

    assertThat(refused.outcome().state()).isEqualTo(State.NOT_EXECUTED);
    assertThat(code(refused)).isEqualTo("CIRCUIT_OPEN");
    assertThat(provider.calls).isEmpty();
    assertThat(metered).hasSize(5).endsWith("CHARGE NOT_EXECUTED");
  }

  @Test
  void toAQuestionTheGuardsRefusalIsNoAnswer() {
    GuardedChannel channel = unanswering();

    assertThat(channel.find(CHARGE, budget()).outcome().state()).isEqualTo(State.UNKNOWN);
    assertThat(channel.fetch("ch_1", budget()).outcome().state()).isEqualTo(State.UNKNOWN);
    assertThat(channel.close(CHARGE, budget()).outcome().state()).isEqualTo(State.UNKNOWN);
    assertThat(provider.calls).isEmpty();
  }

  @Test
  void afterAWhileATrialCallShowsThatItAnswersAgain() {
    GuardedChannel channel = unanswering();
    provider.says(() -> PAID);

    clock.passes(OPEN_FOR.plusMillis(1));

    assertThat(charge(channel)).isEqualTo(PAID);
    assertThat(charge(channel)).isEqualTo(PAID);
  }

  @Test
  void paymentsTakeNoTrialCallFromQuestionsAndUndos() {
    GuardedChannel channel = unanswering();
    clock.passes(OPEN_FOR.plusMillis(1));
    List<Answer> meanwhile = new ArrayList<>();
    provider.says(
        () -> {
          // The only trial call is under way.
          provider.says(() -> PAID);
          meanwhile.add(charge(channel));
          meanwhile.add(channel.find(CHARGE, budget()));
          meanwhile.add(
              channel.refund(StepKey.of(ORDER, Step.REFUND), PAYMENT, PAYMENT.amount(), budget()));
          return PAID;
        });

    charge(channel);

    assertThat(code(meanwhile.get(0))).isEqualTo("CIRCUIT_OPEN");
    assertThat(provider.calls).containsExactly(CallKind.CHARGE, CallKind.FIND, CallKind.REFUND);
  }

  @Test
  void whatIsDeclinedOrRefusedByTheProviderCountsAsAnAnswer() {
    GuardedChannel channel = guarded();

    provider.says(() -> DECLINED);
    for (int i = 0; i < 20; i++) {
      charge(channel);
    }
    provider.says(() -> Answer.unknown(new Reason(PaymentChannel.KEY_REUSED, "Another request.")));
    for (int i = 0; i < 20; i++) {
      charge(channel);
    }
    provider.says(() -> Answer.notExecuted(new Reason("not_found", "Nothing here.")));
    for (int i = 0; i < 20; i++) {
      channel.find(CHARGE, budget());
    }

    assertThat(provider.calls).hasSize(60);
  }

  @Test
  void aProviderThatTakesNoConnectionCounts() {
    GuardedChannel channel = guarded();
    provider.says(
        () -> Answer.notExecuted(new Reason(PaymentChannel.UNREACHABLE, "No connection.")));

    for (int i = 0; i < 20; i++) {
      charge(channel);
    }

    assertThat(provider.calls).hasSize(4);
  }

  @Test
  void aChannelThatThrowsCountsToo() {
    GuardedChannel channel = guarded();
    provider.says(
        () -> {
          throw new IllegalArgumentException("a bug");
        });

    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> charge(channel)).hasMessage("a bug");
    }

    assertThat(code(charge(channel))).isEqualTo("CIRCUIT_OPEN");
  }

  @Test
  void itIsNotCalledMoreOftenThanAgreed() {
    GuardedChannel channel = guarded(Optional.of(2));
    provider.says(() -> PAID);

    List<Answer> answers = new ArrayList<>();
    // More than two seconds' worth, however slow this machine is.
    for (int i = 0; i < 1_000; i++) {
      answers.add(charge(channel));
    }

    assertThat(answers).filteredOn(answer -> !answer.equals(PAID)).isNotEmpty();
    assertThat(code(answers.stream().filter(answer -> !answer.equals(PAID)).findFirst().get()))
        .isEqualTo("RATE_LIMITED");
  }

  @Test
  void aDrainedChannelTakesNoNewPaymentsAndFinishesTheOthers() {
    GuardedChannel channel = guarded();
    provider.says(() -> PAID);
    state = ChannelState.DRAINED;

    assertThat(code(charge(channel))).isEqualTo("CHANNEL_DRAINED");
    assertThat(code(channel.authorize(CHARGE, PURCHASE, budget()))).isEqualTo("CHANNEL_DRAINED");
    assertThat(channel.capture(StepKey.of(ORDER, Step.CAPTURE), PAYMENT, budget())).isEqualTo(PAID);
    assertThat(channel.refund(StepKey.of(ORDER, Step.REFUND), PAYMENT, PAYMENT.amount(), budget()))
        .isEqualTo(PAID);
    assertThat(channel.find(CHARGE, budget())).isEqualTo(PAID);
  }

  @Test
  void aChannelThatIsOffIsNotCalledAtAll() {
    GuardedChannel channel = guarded();
    provider.says(() -> PAID);
    state = ChannelState.OFF;

    assertThat(code(charge(channel))).isEqualTo("CHANNEL_OFF");
    assertThat(channel.find(CHARGE, budget()).outcome().state()).isEqualTo(State.UNKNOWN);
    assertThat(provider.calls).isEmpty();

    state = ChannelState.OPEN;

    assertThat(charge(channel)).isEqualTo(PAID);
  }

  @Test
  void whatBecameOfAPaymentIsAQuestionLikeAnyOther() {
    GuardedChannel channel = guarded();
    provider.says(() -> PAID);
    state = ChannelState.DRAINED;
    assertThat(channel.movements(PAYMENT, budget())).isEqualTo(Movements.none());

    state = ChannelState.OFF;
    assertThat(refusal(channel.movements(PAYMENT, budget()))).isEqualTo("CHANNEL_OFF");

    state = ChannelState.OPEN;
    provider.says(() -> NO_ANSWER);
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(channel.movements(PAYMENT, budget()))).isEqualTo("NO_ANSWER");
    }
    assertThat(refusal(channel.movements(PAYMENT, budget()))).isEqualTo("CIRCUIT_OPEN");

    assertThat(provider.calls).hasSize(4).containsOnly(CallKind.MOVEMENTS);
    assertThat(metered)
        .startsWith("MOVEMENTS SUCCEEDED", "MOVEMENTS UNKNOWN")
        .endsWith("MOVEMENTS UNKNOWN")
        .hasSize(6);
  }

  @Test
  void whatBecameOfAPaymentIsNotAskedMoreOftenThanAgreed() {
    GuardedChannel channel = guarded(Optional.of(1));
    provider.says(() -> PAID);
    channel.movements(PAYMENT, budget());

    assertThat(refusal(channel.movements(PAYMENT, budget()))).isEqualTo("RATE_LIMITED");
  }

  private static String refusal(Movements movements) {
    return ((Movements.Unanswered) movements).reason().code();
  }
}
