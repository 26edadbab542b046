package dev.orderflow.drill.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the worker of {@link Variant#OTHER} is told, and the first one is not.
 *
 * @param settings lines of its {@code orderflow.toml}, each with the whole key
 * @param javaOptions for its JVM; those of the first one when absent
 */
record OtherWorker(List<String> settings, Optional<List<String>> javaOptions) {

  OtherWorker {
    settings.forEach(OtherWorker::check);
  }

  private static void check(String setting) {
    try {
      new TomlMapper().readTree(setting);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "--other " + setting + ": is no line of TOML: " + e.getOriginalMessage());
    }
  }

  /** For people. */
  String inWords() {
    return Stream.concat(
            settings.stream(), javaOptions.stream().map(options -> String.join(" ", options)))
        .collect(Collectors.joining(", "));
  }
}
