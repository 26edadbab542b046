package dev.orderflow.dev.demo;

import java.util.Optional;
import org.joda.money.Money;

/**
 * One line of the payment provider's log.
 *
 * @param reference the order's id, as the provider was told
 * @param parent what it acts on; empty for what begins a payment
 */
record Movement(
    String reference, Kind kind, Result result, String id, Optional<String> parent, Money amount) {

  /** What was asked of the provider. */
  enum Kind {
    AUTHORIZATION,
    VOID,
    CAPTURE,
    CHARGE,
    REFUND;

    /** Whether money goes from the customer to the shop. */
    boolean takes() {
      return this == CAPTURE || this == CHARGE;
    }
  }

  /** What it did. */
  enum Result {
    SUCCEEDED,
    DECLINED,
    /** It waits for the customer; what becomes of it is another line under the same id. */
    PENDING
  }

  boolean succeeded() {
    return result == Result.SUCCEEDED;
  }
}
