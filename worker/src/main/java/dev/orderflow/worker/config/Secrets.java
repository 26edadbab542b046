package dev.orderflow.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.activities.ledger.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Secrets, which the file only points to. */
final class Secrets {

  static final String EXPECTED = "{ file = \"PATH\" } or { env = \"NAME\" }";

  private final Path directory;
  private final Map<String, String> environment;

  Secrets(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** Reads what {@code written} points to; what is written itself is never repeated. */
  Secret read(Key key, JsonNode written) {
    if (!written.isObject()) {
      throw key.says("a secret is not written into this file; point to it by " + EXPECTED);
    }
    JsonNode file = written.path("file");
    JsonNode env = written.path("env");
    if (written.size() == 1 && file.isTextual()) {
      return fromFile(key, directory.resolve(file.textValue()).normalize());
    } else if (written.size() == 1 && env.isTextual()) {
      return fromEnvironment(key, env.textValue());
    }
    throw key.says("expected " + EXPECTED);
  }

  private static Secret fromFile(Key key, Path file) {
    try {
      String content = Files.readString(file).strip();
      if (content.isEmpty()) {
        throw key.says("the file " + file + " is empty");
      }
      return Secret.of(content);
    } catch (IOException e) {
      throw key.says("the file " + file + " can't be read; create it, readable by this user only");
    }
  }

  private Secret fromEnvironment(Key key, String name) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      throw key.says("the environment variable " + name + " is not set");
    }
    return Secret.of(value.strip());
  }
}
