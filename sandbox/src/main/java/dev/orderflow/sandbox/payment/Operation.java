package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked of the provider, or is done by a customer's bank, and the kind of object that
 * answers.
 */
enum Operation {
  AUTHORIZE("authorize", "authorization", "auth_"),
  CHARGE("charge", "charge", "ch_"),
  CAPTURE("capture", "capture", "cap_"),
  VOID("void", "void", "void_"),
  REFUND("refund", "refund", "re_"),
  /** The customer objects, by their bank. */
  DISPUTE("", "dispute", "dp_"),
  /** The bank takes the disputed money back. */
  CHARGEBACK("", "chargeback", "cb_"),
  /** It gives it to the shop again. */
  REVERSAL("", "chargeback_reversal", "cbr_"),
  /** A refund that was made comes back to the shop. */
  REFUND_FAILURE("", "refund_failure", "rf_");

  private final String verb;
  private final String object;
  private final String idPrefix;

  Operation(String verb, String object, String idPrefix) {
    this.verb = verb;
    this.object = object;
    this.idPrefix = idPrefix;
  }

  /** The word in front of the dot in a token; banks' own operations have none. */
  static Optional<Operation> ofVerb(String verb) {
    for (Operation operation : values()) {
      if (!verb.isEmpty() && operation.verb.equals(verb)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }

  /** The {@code object} field of the API. */
  @JsonValue
  String object() {
    return object;
  }

  String idPrefix() {
    return idPrefix;
  }

  /** The kinds of object that this operation is done to; none for those that begin a payment. */
  Set<Operation> actsOn() {
    return switch (this) {
      case AUTHORIZE, CHARGE -> Set.of();
      case CAPTURE, VOID -> Set.of(AUTHORIZE);
      case REFUND, DISPUTE -> Set.of(CHARGE, CAPTURE);
      case CHARGEBACK -> Set.of(DISPUTE);
      case REVERSAL -> Set.of(CHARGEBACK);
      case REFUND_FAILURE -> Set.of(REFUND);
    };
  }
}
