package dev.orderflow.workflows.saga;

import java.util.Locale;
import java.util.Optional;

/**
 * What can be done for an order, each do beside its undo, in the order of the story. Everything
 * after {@link #CAPTURE} or {@link #CHARGE}, the pivot, is finished rather than undone.
 */
public enum Step {
  ACCEPT,
  COUPON_RELEASE,
  COUPON_HOLD(COUPON_RELEASE),
  RELEASE,
  RESERVE(RELEASE),
  VOID,
  AUTHORIZE(VOID),
  REFUND,
  CAPTURE(REFUND),
  CHARGE(REFUND),
  /** Money that came unasked: late, or a second time. It is booked only to be given back. */
  RECEIVE(REFUND),
  /** A refund that we did not ask for: the provider made it, in its dashboard for instance. */
  REPORTED_REFUND,
  /** A refund that was made and came back later; the refund itself stays as it was. */
  REFUND_FAILED(REFUND),
  /** Money that the customer's bank took back, against our will. */
  CHARGEBACK,
  /** Money of a chargeback that came back, because the dispute was won. */
  CHARGEBACK_REVERSED(REFUND),
  RESTOCK,
  COMMIT(RESTOCK),
  COUPON_REDEEM,
  REVOKE,
  GRANT(REVOKE),
  CONFIRM,
  CORRECT,
  /** The message that money was given back which came late or twice; numbered as its refund. */
  RETURN_NOTICE,
  /** The message about a refund, numbered as it. */
  REFUND_NOTICE;

  private final Step undo;

  Step() {
    this(null);
  }

  Step(Step undo) {
    this.undo = undo;
  }

  /** The step that takes this one back; empty where nothing does. */
  public Optional<Step> undo() {
    return Optional.ofNullable(undo);
  }

  /** The step's word in keys, for example {@code coupon-hold}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The step of a word.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Step of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
