package dev.orderflow.activities.inbox;

/** Where an event stands on its way to its order. */
public enum InboxState {
  /** Stored, and on its way. */
  RECEIVED,
  /** Its order is not known (yet), or it failed too often; see its reason. */
  PARKED,
  /** The order, or its aftercare, was told. */
  DELIVERED,
  /** It was given up, and a person has looked: nothing is left to do, for good. */
  CLOSED
}
