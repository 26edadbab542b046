package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is measured beside one another. */
enum Variant {
  /** An empty workflow with eager start. */
  FLOOR("an empty workflow, eager start"),
  /** An order of one line with all its effects: ledger, payment over HTTP, mail. */
  HEALTHY("an order with all its effects"),
  /** The same activities called as regular ones, one after the other, by a blocking client. */
  TEXTBOOK("the same activities as regular ones, blocking client"),
  /** Of 20 orders one is declined, one is out of stock, and two meet one transient fault. */
  MIX("90 % healthy, 5 % declined, 5 % out of stock; 10 % with a transient fault"),
  /** The payment comes by callback, a tenth of a second later. */
  ASYNC("payment by callback after " + Purchases.CALLBACK_AFTER.toMillis() + " ms"),
  /** As healthy, but the starter is another process than the worker. */
  REMOTE("as healthy, the starter in another process"),
  /** As healthy, in a process and with a worker of its own, which is told something else. */
  OTHER("as healthy, by a worker with other settings");

  private final String meaning;

  Variant(String meaning) {
    this.meaning = meaning;
  }

  String meaning() {
    return meaning;
  }

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
