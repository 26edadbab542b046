package dev.orderflow.activities.payment;

/** A callback that is not believed. Nothing of it is repeated in the message. */
public final class CallbackRefused extends RuntimeException {

  /** Why, as it is counted and logged; the sender is told less. */
  public enum Why {
    /** No signature, or none of the provider's. */
    FORGED,
    /** The timestamp is too far from now. */
    STALE,
    /** Not what the provider's documentation describes. */
    MALFORMED,
    /** Of another account, or of test mode where money is real. */
    NOT_OURS
  }

  private final Why why;

  public CallbackRefused(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }
}
