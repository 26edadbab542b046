package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who asked: a program, or a human in the provider's dashboard. */
enum Origin {
  API,
  DASHBOARD;

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
