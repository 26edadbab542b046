package dev.orderflow.activities.ledger;

import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger knows of one effect.
 *
 * @param seq the order in which effects began
 * @param fingerprint of what was asked; absent for a tombstone and for what was accepted as done
 * @param forward the effect that this one takes back; absent where it is no undo
 * @param closed whether the order is being taken back, so that no further forward attempt is made
 */
public record Operation(
    StepKey key,
    long seq,
    State state,
    Optional<String> fingerprint,
    Optional<String> reference,
    Optional<Reason> reason,
    Optional<StepKey> forward,
    boolean closed,
    Instant createdAt,
    Instant updatedAt) {

  /** How an effect stands. */
  public enum State {
    /** Claimed, or accepted by the other side and not decided. */
    PENDING,
    /** Done; never changes. */
    SUCCEEDED,
    /** Refused; never changes. */
    DECLINED,
    /** Certain: nothing happened. May be claimed again with the same key. */
    NOT_EXECUTED,
    /** It may or may not have happened. */
    UNKNOWN,
    /** A tombstone: it has not happened, and will not. */
    FENCED;

    static State of(Outcome.State state) {
      return valueOf(state.name());
    }

    /** Whether the effect took place, or may have. */
    public boolean mayHaveHappened() {
      return this == SUCCEEDED || this == PENDING || this == UNKNOWN;
    }

    boolean isFinal() {
      return this == SUCCEEDED || this == DECLINED;
    }
  }

  /** The outcome as a step reports it; a tombstone is {@code NOT_EXECUTED}. */
  public Outcome outcome() {
    Outcome.State told =
        state == State.FENCED ? Outcome.State.NOT_EXECUTED : Outcome.State.valueOf(state.name());
    return new Outcome(told, reference, reason);
  }

  /**
   * Makes sure that the same is asked as before.
   *
   * @throws ApplicationFailure {@link Ledger#KEY_REUSED}, not retryable
   */
  void requireSame(String asked) {
    if (fingerprint.isPresent() && !fingerprint.get().equals(asked)) {
      throw ApplicationFailure.newNonRetryableFailure(
          key + " was used before for something else", Ledger.KEY_REUSED);
    }
  }
}
