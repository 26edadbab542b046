package dev.orderflow.drill.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.drill.machine.Toml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a second worker is told, and the first one is not.
 *
 * @param settings lines of its {@code orderflow.toml}, each with the whole key
 * @param javaOptions for its JVM; those of the first one when absent
 */
record OtherWorker(List<String> settings, Optional<List<String>> javaOptions) {

  OtherWorker {
    settings.forEach(
        setting -> {
          if (setting.isBlank()) {
            throw new IllegalArgumentException("--other: is empty; say KEY=VALUE");
          }
        });
    try {
      Toml.with("", String.join("\n", settings));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "--other "
              + String.join(" --other ", settings)
              + ": is not TOML: "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** For people. */
  String inWords() {
    return Stream.concat(
            settings.stream(), javaOptions.stream().map(options -> String.join(" ", options)))
        .collect(Collectors.joining(", "));
  }
}
