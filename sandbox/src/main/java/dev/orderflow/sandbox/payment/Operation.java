package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.Set;

/** What can be asked of the provider, and the kind of object that answers. */
enum Operation {
  AUTHORIZE("authorize", "authorization", "auth_"),
  CHARGE("charge", "charge", "ch_"),
  CAPTURE("capture", "capture", "cap_"),
  VOID("void", "void", "void_"),
  REFUND("refund", "refund", "re_");

  private final String verb;
  private final String object;
  private final String idPrefix;

  Operation(String verb, String object, String idPrefix) {
    this.verb = verb;
    this.object = object;
    this.idPrefix = idPrefix;
  }

  /** The word in front of the dot in a token. */
  static Optional<Operation> ofVerb(String verb) {
    for (Operation operation : values()) {
      if (operation.verb.equals(verb)) {
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
      case REFUND -> Set.of(CHARGE, CAPTURE);
    };
  }
}
