package dev.orderflow.drill.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
  OTHER_HEALTHY(HEALTHY),
  /** As async, by that worker; its callbacks come to the first one. */
  OTHER_ASYNC(ASYNC),
  /** As remote, by that worker. */
  OTHER_REMOTE(REMOTE);

  private final String meaning;
  private final Optional<Variant> original;

  Variant(String meaning) {
    this.meaning = meaning;
    this.original = Optional.empty();
  }

  Variant(Variant original) {
    this.meaning = "as " + original.word() + ", by a worker with other settings";
    this.original = Optional.of(original);
  }

  /** Those that need no worker with other settings. */
  static Set<Variant> originals() {
    return Stream.of(values())
        .filter(variant -> variant.original.isEmpty())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Variant.class)));
  }

  /** These, and what of them a worker with other settings carries, too. */
  static Set<Variant> withOthers(Set<Variant> chosen) {
    return Stream.of(values())
        .filter(variant -> chosen.contains(variant.original.orElse(variant)))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Variant.class)));
  }

  String meaning() {
    return meaning;
  }

  boolean isAwaited() {
    return original.orElse(this) == ASYNC;
  }

  @JsonValue
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
