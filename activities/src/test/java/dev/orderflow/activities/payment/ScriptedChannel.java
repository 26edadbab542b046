package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.joda.money.Money;

/** A channel whose provider says the same to everything until told otherwise. */
final class ScriptedChannel implements PaymentChannel {
  final List<CallKind> calls = new ArrayList<>();
  private final String name;
  private final Abilities.Steps steps;
  private Supplier<Answer> answer;

  ScriptedChannel(String name, Abilities.Steps steps) {
    this.name = name;
    this.steps = steps;
  }

  void says(Supplier<Answer> answer) {
    this.answer = answer;
  }

  private Answer called(CallKind kind) {
    calls.add(kind);
    return answer.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Abilities abilities() {
    return new Abilities(
        Optional.of(Duration.ofDays(1)),
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        steps,
        Abilities.Fence.CLOSE,
        Abilities.Customer.ABSENT);
  }

  @Override
  public CallLimits limits() {
    return new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(20), 4);
  }

  @Override
  public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
    return called(CallKind.AUTHORIZE);
  }

  @Override
  public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
    return called(CallKind.CHARGE);
  }

  @Override
  public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return called(CallKind.CAPTURE);
  }

  @Override
  public Answer voidAuthorization(
      StepKey key, ProviderTransaction authorization, CallBudget budget) {
    return called(CallKind.VOID);
  }

  @Override
  public Answer refund(StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
    return called(CallKind.REFUND);
  }

  @Override
  public Answer find(StepKey key, CallBudget budget) {
    return called(CallKind.FIND);
  }

  @Override
  public Answer fetch(String reference, CallBudget budget) {
    return called(CallKind.FETCH);
  }

  @Override
  public Answer close(StepKey key, CallBudget budget) {
    return called(CallKind.CLOSE);
  }

  @Override
  public Movements movements(ProviderTransaction payment, CallBudget budget) {
    Answer said = called(CallKind.MOVEMENTS);
    return said.outcome().state() == Outcome.State.UNKNOWN
        ? new Movements.Unanswered(said.outcome().reason().orElseThrow())
        : Movements.none();
  }
}
