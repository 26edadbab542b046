package dev.orderflow.activities.ledger;

import org.jdbi.v3.core.Handle;

/** What is done in the transaction that claims a call; what it throws undoes the claim. */
@FunctionalInterface
public interface Preparation {

  /**
   * Before the call's operation is touched, whatever becomes of the claim: here the order is
   * locked, where {@link #prepare} needs that.
   */
  default void lock(Handle tx) {}

  /** Once the call is claimed, before it is sent; not where it is only asked about. */
  void prepare(Handle tx);
}
