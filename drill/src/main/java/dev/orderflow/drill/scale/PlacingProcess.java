package dev.orderflow.drill.scale;

import com.fasterxml.jackson.databind.JsonNode;
import dev.orderflow.cli.Main;
import dev.orderflow.drill.AtExit;
import dev.orderflow.drill.machine.JavaProcess;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.PeakMemory;
import dev.orderflow.workflows.payload.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code orderflow place FILE} in a process of its own, with little heap. */
final class PlacingProcess implements AutoCloseable {

  private static final String UNTIL_IT_ENDS = "-XX:+ExitOnOutOfMemoryError";
  private static final long END_SECONDS = 30;

  /** 128 and the signal's number. */
  private static final int KILLED = 137;

  private final Process process;
  private final JavaProcess java;
  private final Path out;
  private final InputStream told;
  private final AtExit end;
  private final PeakMemory memory;
  private int lines;

  private PlacingProcess(Process process, JavaProcess java, Path out) throws IOException {
    this.process = process;
    this.java = java;
    this.out = out;
    this.told = Files.newInputStream(out);
    this.end = AtExit.run(process::destroyForcibly);
    this.memory = new PeakMemory(process.pid());
  }

  /**
   * What it has said of the lines of the file.
   *
   * @param placed new orders
   * @param existing orders that were placed before
   */
  record Said(int placed, int existing, int refused) {}

  static PlacingProcess start(Machine machine, OrderFile file, PlacePlan plan) throws IOException {
    Path folder = Files.createTempDirectory(machine.folder(), "placing");
    Path out = Files.createFile(folder.resolve("placed.jsonl"));
    // As the launcher starts it, but for the heap.
    JavaProcess java =
        new JavaProcess(
            List.of(
                "-Xmx" + plan.heapMegabytes() + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                UNTIL_IT_ENDS),
            folder.resolve("placing.log"));
    List<String> arguments =
        List.of(
            "place",
            file.path().toString(),
            "--dir",
            machine.directory().toString(),
            "--in-flight",
            Integer.toString(plan.inFlight()),
            "--rejects",
            folder.resolve("refused.jsonl").toString(),
            "--output",
            "json");
    Process process =
        java.builder(Main.class.getName(), arguments)
            .redirectOutput(out.toFile())
            .redirectError(java.log().toFile())
            .start();
    return new PlacingProcess(process, java, out);
  }

  /** How many lines of the file are through by now. */
  int lines() throws IOException {
    byte[] chunk = new byte[1 << 16];
    for (int n = told.read(chunk); n > 0; n = told.read(chunk)) {
      for (int i = 0; i < n; i++) {
        lines += chunk[i] == '\n' ? 1 : 0;
      }
    }
    memory.look();
    return lines;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * As {@code kill -9}.
   *
   * @throws IOException where it had ended by itself
   */
  void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    requireExit(KILLED);
  }

  /**
   * Of one that has ended.
   *
   * @throws IOException with what it said last, where it ended with another exit code
   */
  void requireExit(int code) throws IOException {
    if (process.exitValue() != code) {
      throw ended();
    }
  }

  /** That it has ended, where it should not have; with what it said last. */
  IOException ended() throws IOException {
    return java.failed("'orderflow place' ended with exit code " + process.exitValue());
  }

  /** The most memory it ever held, in MB; below zero where the system does not say. */
  long peakMegabytes() {
    return memory.megabytes();
  }

  /** All that it said; what a kill cut off in the middle was not said. */
  Said said() throws IOException {
    int placed = 0;
    int existing = 0;
    int refused = 0;
    int whole = lines();
    try (BufferedReader reader = Files.newBufferedReader(out)) {
      for (int i = 0; i < whole; i++) {
        JsonNode line = Json.MAPPER.readTree(reader.readLine());
        switch (line.path("novelty").asText()) {
          case "NEW" -> placed++;
          case "EXISTING" -> existing++;
          default -> refused++;
        }
      }
    }
    return new Said(placed, existing, refused);
  }

  /** How many lines were collected to be mended. */
  long rejects() throws IOException {
    try (var collected = Files.lines(out.resolveSibling("refused.jsonl"))) {
      return collected.count();
    }
  }

  @Override
  public void close() throws IOException {
    told.close();
    process.destroy();
    JavaProcess.awaitEnd(process, END_SECONDS);
    end.forget();
  }

  /** Waits a moment, and no longer than it lives. */
  void linger() throws InterruptedException {
    process.waitFor(10, TimeUnit.MILLISECONDS);
  }
}
