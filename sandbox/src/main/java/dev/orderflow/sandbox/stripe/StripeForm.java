package dev.orderflow.sandbox.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request's parameters, in Stripe's form: {@code metadata[a]=b&expand[0]=c}. */
record StripeForm(Map<String, String> values) {

  static StripeForm parse(String text) {
    Map<String, String> values = new TreeMap<>();
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return new StripeForm(values);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  String text(String name) {
    return find(name)
        .orElseThrow(() -> StripeProblem.invalid(name, "Missing required param: " + name + "."));
  }

  /** A whole amount above zero. */
  long amount(String name) {
    String text = text(name);
    if (!text.matches("\\d{1,12}") || Long.parseLong(text) == 0) {
      throw StripeProblem.invalid(name, "Invalid positive integer");
    }
    return Long.parseLong(text);
  }

  boolean isYes(String name) {
    return find(name).filter("true"::equals).isPresent();
  }

  boolean expands(String field) {
    return values.entrySet().stream()
        .anyMatch(e -> e.getKey().startsWith("expand[") && e.getValue().equals(field));
  }

  /** Those that are of the PaymentIntent or the Charge that is asked about. */
  List<ObjectNode> ofPayment(List<ObjectNode> objects) {
    String field = find("charge").isPresent() ? "charge" : "payment_intent";
    String wanted = text(field);
    return objects.stream().filter(object -> object.path(field).asText().equals(wanted)).toList();
  }

  Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith("metadata[")) {
            metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
          }
        });
    return metadata;
  }
}
