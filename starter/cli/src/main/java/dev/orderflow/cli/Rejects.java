package dev.orderflow.cli;

import dev.orderflow.client.document.OrderLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where the lines that are refused are collected, as they stand in the file, to be mended. What an
 * earlier run has collected goes when this one comes to its first outcome, not before.
 */
final class Rejects implements AutoCloseable {

  private final Optional<Path> file;
  private Optional<OutputStream> stream = Optional.empty();

  private Rejects(Optional<Path> file) {
    this.file = file;
  }

  /** Nowhere. */
  static Rejects none() {
    return new Rejects(Optional.empty());
  }

  /**
   * A file.
   *
   * @param input where the orders are read from
   * @throws CliException when it can't be written, or is that of the orders
   */
  static Rejects to(Path file, String input) {
    try {
      if (Files.exists(file) && !input.equals("-") && Files.isSameFile(file, Path.of(input))) {
        throw new CliException(
            ExitCode.USAGE,
            "--rejects: '" + file + "' is the file of the orders; name another one");
      }
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      return new Rejects(Optional.of(file));
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "--rejects: '" + file + "' can't be written", e);
    }
  }

  /** There is an outcome: from here on the file holds what this run refuses. */
  synchronized void begin() {
    if (file.isPresent() && stream.isEmpty()) {
      try {
        stream = Optional.of(Files.newOutputStream(file.get()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** At once: what was refused is there, whatever becomes of the rest. */
  synchronized void add(OrderLine line) {
    begin();
    if (stream.isEmpty()) {
      return;
    }
    try {
      stream.get().write(line.text());
      stream.get().write('\n');
      stream.get().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (stream.isPresent()) {
        stream.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
