package dev.orderflow.activities.payment;

/** What a channel is asked. */
public enum CallKind {
  AUTHORIZE(Purpose.PAYMENT),
  CHARGE(Purpose.PAYMENT),
  CAPTURE(Purpose.CONSEQUENCE),
  VOID(Purpose.CONSEQUENCE),
  REFUND(Purpose.CONSEQUENCE),
  FIND(Purpose.QUESTION),
  FETCH(Purpose.QUESTION),
  CLOSE(Purpose.QUESTION),
  MOVEMENTS(Purpose.QUESTION);

  /** Why. */
  enum Purpose {
    /** To begin a payment, which another channel could do as well. */
    PAYMENT,
    /** To go on with a payment that only this channel knows. */
    CONSEQUENCE,
    /** To learn where one stands. */
    QUESTION
  }

  private final Purpose purpose;

  CallKind(Purpose purpose) {
    this.purpose = purpose;
  }

  Purpose purpose() {
    return purpose;
  }
}
