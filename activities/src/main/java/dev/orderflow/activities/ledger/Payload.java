package dev.orderflow.activities.ledger;

import dev.orderflow.workflows.saga.StepKey;
import dev.orderflow.workflows.saga.Undoing;
import java.util.Optional;

/**
 * What is kept of what was asked.
 *
 * @param forward the effect that is taken back; absent where it is no undo
 */
record Payload(String fingerprint, Optional<StepKey> forward) {

  static Payload of(Object asked) {
    return new Payload(
        Fingerprint.of(asked),
        asked instanceof Undoing undo ? Optional.of(undo.forward()) : Optional.empty());
  }
}
