package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line, in a process of its own. */
final class Cli {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private Cli() {}

  /** One command that has ended. */
  record Said(int code, List<JsonNode> objects, String err) {}

  /** A command under way. */
  record Run(Process process, Path out, Path err) {

    Said await() throws IOException, InterruptedException {
      try {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      List<JsonNode> objects = new ArrayList<>();
      for (String line : Files.readAllLines(out)) {
        objects.add(Json.MAPPER.readTree(line));
      }
      return new Said(process.exitValue(), objects, Files.readString(err));
    }
  }

  /** Runs {@code orderflow} with these words and {@code --output json}. */
  static Run start(Machine machine, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("dev.orderflow.cli.Main");
    command.addAll(List.of(words));
    command.addAll(List.of("--output", "json"));
    Path out = Files.createTempFile(machine.folder(), "cli", ".out");
    Path err = Files.createTempFile(machine.folder(), "cli", ".err");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new Run(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  static Said run(Machine machine, String... words) throws IOException, InterruptedException {
    return start(machine, words).await();
  }
}
