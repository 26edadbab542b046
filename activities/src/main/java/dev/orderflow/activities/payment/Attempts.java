package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Attempts at the configured channels, each of which has room for a limited number of attempts. */
@Singleton
final class Attempts {
  private final Map<String, GuardedChannel> channels;
  private final Map<String, Semaphore> rooms = new HashMap<>();
  private final Ledger ledger;
  private final Supplier<AttemptKind> attemptKind;

  @Inject
  Attempts(GuardedChannels guarded, Ledger ledger, Supplier<AttemptKind> attemptKind) {
    this.channels = guarded.guarded();
    this.ledger = ledger;
    this.attemptKind = attemptKind;
    channels.forEach(
        (name, channel) -> rooms.put(name, new Semaphore(channel.limits().maxInFlight())));
  }

  /** Whether there is such a channel. */
  boolean reach(String name) {
    return channels.containsKey(name);
  }

  /** Why the channel takes no new payments now; absent where it does. */
  Optional<Reason> objection(String name) {
    return reach(name) ? channels.get(name).objection() : Optional.of(noSuchChannel(name));
  }

  /**
   * Makes an attempt at the channel's provider; at once or not at all, so that a channel that hangs
   * holds no more threads than its room has places. What is settled already needs no room.
   */
  <T> T make(StepKey key, String name, Function<Attempt, T> attempt) {
    GuardedChannel channel = channels.get(name);
    if (channel == null) {
      throw StepFailure.unsettled(key, standing(ledger.find(key), noSuchChannel(name)));
    }
    Semaphore room = rooms.get(name);
    boolean entered = room.tryAcquire();
    try {
      if (!entered) {
        requireSettled(key, channel);
      }
      return attempt.apply(Attempt.of(channel, attemptKind.get()));
    } finally {
      if (entered) {
        room.release();
      }
    }
  }

  private Reason noSuchChannel(String name) {
    return new Reason(
        "NO_SUCH_CHANNEL",
        "The payment channel '"
            + name
            + "' is not configured; known: "
            + channels.keySet().stream().sorted().toList());
  }

  private void requireSettled(StepKey key, PaymentChannel channel) {
    Optional<Operation> known = ledger.find(key);
    if (known.filter(operation -> operation.outcome().state().isFinal()).isEmpty()) {
      throw StepFailure.unsettled(
          key,
          standing(
              known,
              new Reason(
                  "CHANNEL_BUSY",
                  channel.limits().maxInFlight()
                      + " calls are under way at the channel '"
                      + channel.name()
                      + "'.")));
    }
  }

  /** This attempt did nothing; what earlier ones did, the ledger knows. */
  private static Outcome standing(Optional<Operation> known, Reason reason) {
    return new Outcome(
        known.map(operation -> operation.outcome().state()).orElse(Outcome.State.NOT_EXECUTED),
        Optional.empty(),
        Optional.of(reason));
  }
}
