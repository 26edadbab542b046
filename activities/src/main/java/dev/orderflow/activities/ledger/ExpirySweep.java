package dev.orderflow.activities.ledger;

/** Gives back what was held for a limited time, was never pinned, and has lapsed. */
public interface ExpirySweep {

  /** The most that one sweep gives back. */
  int BATCH = 500;

  /** What is swept, for logs and metrics: a plural word such as {@code reservations}. */
  String name();

  /**
   * Gives back at most {@link #BATCH} in one transaction, skipping what others work on. Any number
   * of workers may sweep at once.
   *
   * @return how many; with {@link #BATCH} there may be more
   */
  int sweep();
}
