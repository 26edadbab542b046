package dev.orderflow.sandbox.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who acted: a program, a human in the provider's dashboard, the customer, or their bank. */
enum Origin {
  API,
  DASHBOARD,
  CUSTOMER,
  BANK;

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
