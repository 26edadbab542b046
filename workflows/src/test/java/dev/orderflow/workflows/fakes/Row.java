package dev.orderflow.workflows.fakes;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Optional;

/** The operation row of one key. */
final class Row {

  private final StepKey key;
  private Optional<Outcome> outcome = Optional.empty();
  private boolean underway;
  private boolean fenced;

  Row(StepKey key) {
    this.key = key;
  }

  StepKey key() {
    return key;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  boolean isFinal() {
    return outcome.filter(known -> known.state().isFinal()).isPresent();
  }

  boolean succeeded() {
    return is(Outcome.State.SUCCEEDED);
  }

  boolean declined() {
    return is(Outcome.State.DECLINED);
  }

  /** Whether the effect took place, or may have. */
  boolean mayHaveHappened() {
    return !fenced && !declined() && !is(Outcome.State.NOT_EXECUTED);
  }

  boolean isUnderway() {
    return underway;
  }

  boolean isFenced() {
    return fenced;
  }

  void fence() {
    fenced = true;
  }

  void begins() {
    underway = true;
    outcome = Optional.empty();
  }

  /** Final outcomes never change. */
  void became(Outcome now) {
    underway = false;
    if (!isFinal()) {
      outcome = Optional.of(now);
    }
  }

  private boolean is(Outcome.State state) {
    return outcome.filter(known -> known.state() == state).isPresent();
  }
}
