package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.StepKey;

/**
 * An order that had ended unpaid, and goes on because it was paid after all: from the top, under
 * keys of a further generation. What was done under the earlier ones is undone and stays so.
 *
 * @param generation from 2: the {@code n} of the keys of which each generation has one
 * @param paidBy the money that came late and pays for it
 */
public record Revival(int generation, StepKey paidBy) {

  /** The code of a refusal to take an order back for the reasons of an earlier generation. */
  public static final String REVIVED = "REVIVED";

  public Revival {
    if (generation < 2) {
      throw new IllegalArgumentException("generation: " + generation + " is below 2");
    }
  }
}
