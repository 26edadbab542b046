package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.Set;

/**
 * What waits for an operator.
 *
 * @param version which wait this is, from 1: a decision names it, so that it can't be applied to
 *     another
 * @param key the step that waits
 * @param choices what may be decided
 */
public record Review(int version, StepKey key, Reason reason, Set<Choice> choices) {

  /** What an operator may decide. */
  public enum Choice {
    /** Try the step again; carry an undo out that is held. */
    RETRY,
    /** The step was done by other means: go on, once the provider confirms the reference. */
    ACCEPT,
    /** Give up finishing the order: undo everything, the payment included. */
    REFUND,
    /** Release an order on hold: capture. */
    APPROVE,
    /**
     * Do not release it: void. Of a refund that was refused: give it up. Of an undo that is held:
     * leave it.
     */
    DENY
  }
}
