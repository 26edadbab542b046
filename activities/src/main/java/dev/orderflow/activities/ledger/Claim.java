package dev.orderflow.activities.ledger;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.time.Instant;

/** The answer to the wish to call someone outside. */
public sealed interface Claim {

  /** Nothing to call: this is what is known already. */
  record Settled(Outcome outcome) implements Claim {}

  /**
   * The call is ours until the lease ends. All instants are the database's.
   *
   * @param number which claim on the key this is, from 1
   * @param firstSentAt when the call may have left for the first time: a provider's idempotency
   *     window counts from here
   * @param lastSentAt when it may have left for the last time: "not found" is final only some time
   *     after it. Equal to {@code claimedAt} with {@link Mode#SEND}
   * @param claimedAt now
   */
  record Held(
      StepKey key,
      int number,
      Mode mode,
      Instant firstSentAt,
      Instant lastSentAt,
      Instant claimedAt)
      implements Claim {

    /** How long ago the call may have left for the last time. */
    public Duration sinceLastSent() {
      return Duration.between(lastSentAt, claimedAt);
    }
  }

  /** What may be done under a claim. */
  enum Mode {
    /** Make the call with the key: it never left, or the other side enforces the key. */
    SEND,
    /** Only ask what became of it. */
    ASK
  }

  /**
   * How a call is claimed.
   *
   * @param lease longer than the call's longest time-out
   * @param sameKeyWindow how long after the first call the other side enforces the key, so that a
   *     call in doubt is safely made again; zero where it does not
   */
  record Terms(Duration lease, Duration sameKeyWindow) {}
}
