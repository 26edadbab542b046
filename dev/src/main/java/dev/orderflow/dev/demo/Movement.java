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

  /** What was asked of the provider, or done by the customer's bank. */
  enum Kind {
    AUTHORIZATION,
    VOID,
    CAPTURE,
    CHARGE,
    REFUND,
    REFUND_FAILURE,
    DISPUTE,
    CHARGEBACK,
    CHARGEBACK_REVERSAL;

    /** Whether money goes from the customer to the shop, for the first time. */
    boolean takes() {
      return this == CAPTURE || this == CHARGE;
    }

    /** What the shop has more by it, or less. */
    Money change(Money amount) {
      return switch (this) {
        case CAPTURE, CHARGE, REFUND_FAILURE, CHARGEBACK_REVERSAL -> amount;
        case REFUND, CHARGEBACK -> amount.negated();
        case AUTHORIZATION, VOID, DISPUTE -> Money.zero(amount.getCurrencyUnit());
      };
    }
  }

  /** What it did. */
  enum Result {
    SUCCEEDED,
    DECLINED,
    /** It waits for the customer; what becomes of it is another line under the same id. */
    PENDING,
    /** A dispute; whether the shop wins it is another line under the same id. */
    OPEN,
    WON,
    LOST
  }

  boolean succeeded() {
    return result == Result.SUCCEEDED;
  }
}
