package dev.orderflow.cli;

import dev.orderflow.client.document.OrderLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the lines that are refused are collected, as they stand in the file, to be mended. */
final class Rejects implements AutoCloseable {

  private final OutputStream stream;

  private Rejects(OutputStream stream) {
    this.stream = stream;
  }

  /** Nowhere. */
  static Rejects none() {
    return new Rejects(OutputStream.nullOutputStream());
  }

  /**
   * A file, which is written anew.
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
      return new Rejects(Files.newOutputStream(file));
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "--rejects: '" + file + "' can't be written", e);
    }
  }

  /** At once: what was refused is there, whatever becomes of the rest. */
  void add(OrderLine line) {
    try {
      stream.write(line.text());
      stream.write('\n');
      stream.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
