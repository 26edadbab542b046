package dev.orderflow.workflows.order;

/**
 * What became of a wish to cancel.
 *
 * @param status where the order stands now
 * @param message one sentence; for {@link Verdict#REFUSED} why not
 */
public record CancelReply(Verdict verdict, OrderStatus status, String message) {

  /** The answer. */
  public enum Verdict {
    /** Taken back, and refunded where something was paid. */
    CANCELLED,
    /** Being taken back, but a step needs an operator. */
    IN_REVIEW,
    /** Not cancelled. */
    REFUSED
  }
}
