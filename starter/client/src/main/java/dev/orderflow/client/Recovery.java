package dev.orderflow.client;

/** What recovering an order did. */
public enum Recovery {
  /** A new run goes on from the ledger. */
  STARTED,
  /** The order is being worked on; nothing was done. */
  ALREADY_RUNNING,
  /** The order has ended, and everything that follows is settled; nothing was done. */
  NOTHING_TO_RECOVER,
  /** The order ended long ago and is archived; nothing was done. */
  ARCHIVED
}
