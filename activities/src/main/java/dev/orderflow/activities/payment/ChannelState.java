package dev.orderflow.activities.payment;

/** What operators let a channel do. */
public enum ChannelState {
  /** Everything. */
  OPEN,
  /** No new payments; what has begun is finished, undone and asked about. */
  DRAINED,
  /** Nothing at all: what has begun waits until it is opened again. */
  OFF
}
