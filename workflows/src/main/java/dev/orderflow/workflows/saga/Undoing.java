package dev.orderflow.workflows.saga;

/** A request that takes one effect back. The ledger keeps which. */
public interface Undoing {

  /** The effect. */
  StepKey forward();
}
