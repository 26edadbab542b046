package dev.orderflow.drill.campaign;

/** Where in a call of an activity a process dies. */
enum Position {
  /** Before anything was done. */
  BEFORE,
  /** The effect, or the claim on it, is written in the first transaction and not committed. */
  UNCOMMITTED,
  /** The other side has answered; its answer is not recorded. */
  ANSWERED,
  /** All is done and recorded; Temporal was not told. */
  AFTER
}
