package dev.orderflow.activities.payment;

import dev.orderflow.workflows.saga.Outcome;
import java.time.Duration;

/** Is told of every call to a channel, also those that a guard refused. Must be fast. */
public interface CallMeter {

  void called(String channel, CallKind kind, Outcome outcome, Duration took);

  /** Listens to nothing. */
  static CallMeter none() {
    return (channel, kind, outcome, took) -> {};
  }
}
