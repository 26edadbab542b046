package dev.orderflow.activities.risk;

import dev.orderflow.workflows.saga.Reason;

/** What a {@link RiskCheck} thinks of an order. */
public sealed interface Verdict {

  /** Nothing against it. */
  record Allow() implements Verdict {}

  /**
   * Its goods wait for a review, between authorize and capture.
   *
   * @param reason what the operator reads; without personal data
   */
  record Hold(Reason reason) implements Verdict {}

  /**
   * It ends {@code REJECTED}, before anything is asked of anyone.
   *
   * @param reason what the customer may be told; without personal data
   */
  record Deny(Reason reason) implements Verdict {}

  static Verdict allow() {
    return new Allow();
  }

  /** The stricter of the two; this one where they are equally strict. */
  default Verdict and(Verdict other) {
    return other.strictness() > strictness() ? other : this;
  }

  private int strictness() {
    if (this instanceof Deny) {
      return 2;
    }
    return this instanceof Hold ? 1 : 0;
  }
}
