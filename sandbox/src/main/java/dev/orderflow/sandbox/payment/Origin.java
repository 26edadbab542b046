package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who acted: a program, a human in the provider's dashboard, or the customer. */
enum Origin {
  API,
  DASHBOARD,
  CUSTOMER;

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
