package dev.orderflow.activities.ledger;

import java.util.function.IntUnaryOperator;

/**
 * Ends what was begun for a limited time only, and has lapsed. Any number of workers may sweep at
 * once: each skips what others work on.
 *
 * @param name what is swept, for logs: a plural word such as {@code reservations}
 * @param body ends at most so many in one transaction, and says how many
 */
public record ExpirySweep(String name, IntUnaryOperator body) {

  /** The most that one sweep ends. */
  public static final int BATCH = 500;

  /**
   * Ends at most {@link #BATCH}.
   *
   * @return how many; with {@link #BATCH} there may be more
   */
  public int sweep() {
    return body.applyAsInt(BATCH);
  }
}
