package dev.orderflow.workflows.payment;

/** How a dispute stands; {@code WON} and {@code LOST} are by the shop, and final. */
public enum DisputeState {
  OPEN,
  WON,
  LOST
}
