package dev.orderflow.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.client.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The place of a value in the file, and everything that can be said against it. */
record Key(List<String> path) {

  static final Key ROOT = new Key(List.of());

  Key {
    path = List.copyOf(path);
  }

  static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  Key child(String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return new Key(longer);
  }

  String last() {
    return path.get(path.size() - 1);
  }

  ConfigException mismatch(JsonNode written, String expected) {
    String value = written.isContainerNode() ? "" : " = " + written;
    return new ConfigException(this + value + ": expected " + expected);
  }

  ConfigException missing(String expected) {
    return new ConfigException(this + " is missing: write " + expected);
  }

  ConfigException says(String message) {
    return new ConfigException(this + ": " + message);
  }

  ConfigException unknown(Collection<String> known) {
    String remedy =
        Spelling.nearest(last(), known)
            .map(near -> "did you mean '" + near + "'?")
            .orElse("known here: " + String.join(", ", known));
    return new ConfigException(this + ": there is no such key; " + remedy);
  }

  /** What a record's own rules say against its values. */
  ConfigException refused(Throwable cause) {
    String table = path.isEmpty() ? "" : "[" + this + "] ";
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    return new ConfigException(table + message, cause);
  }

  @Override
  public String toString() {
    return String.join(".", path);
  }
}
