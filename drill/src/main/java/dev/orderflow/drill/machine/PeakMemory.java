package dev.orderflow.drill.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory that a process held in RAM, heap and all the rest, as {@code /proc} tells it. */
public final class PeakMemory {

  private static final String PEAK = "VmHWM:";

  private final Path status;
  private long kilobytes = -1;

  public PeakMemory(long pid) {
    this.status = Path.of("/proc", Long.toString(pid), "status");
  }

  /** To be called now and then: of a process that has ended nothing is told any more. */
  public void look() {
    try (Stream<String> lines = Files.lines(status)) {
      lines
          .filter(line -> line.startsWith(PEAK))
          .map(line -> line.substring(PEAK.length()).replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .forEach(now -> kilobytes = Math.max(kilobytes, now));
    } catch (IOException | UncheckedIOException gone) {
      // What was seen before stands.
    }
  }

  /** In MB; below zero where the system does not say. */
  public long megabytes() {
    return kilobytes < 0 ? -1 : Math.round(kilobytes / 1024.0);
  }
}
