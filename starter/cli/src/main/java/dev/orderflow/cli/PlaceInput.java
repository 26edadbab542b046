package dev.orderflow.cli;

import dev.orderflow.client.document.OrderReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Where orders are read from, and whether it holds one or many. */
final class PlaceInput implements AutoCloseable {

  /** What a file holds. */
  enum Shape {
    ONE,
    LINES
  }

  private final BufferedInputStream stream;
  private final Shape shape;

  private PlaceInput(BufferedInputStream stream, Shape shape) {
    this.stream = stream;
    this.shape = shape;
  }

  /**
   * Opens a file, or standard input where it is called {@code -}.
   *
   * @throws CliException when it can't be read
   */
  static PlaceInput open(String name) {
    try {
      InputStream raw = name.equals("-") ? System.in : Files.newInputStream(Path.of(name));
      BufferedInputStream stream = new BufferedInputStream(raw, 1 << 16);
      return new PlaceInput(stream, saysLines(name) ? Shape.LINES : shapeOf(stream));
    } catch (NoSuchFileException e) {
      throw new CliException(ExitCode.USAGE, "FILE: there is no '" + name + "'");
    } catch (IOException e) {
      throw new CliException(ExitCode.USAGE, "FILE: '" + name + "' can't be read", e);
    }
  }

  private static boolean saysLines(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".jsonl") || lower.endsWith(".ndjson");
  }

  /** Many, where the first line is an object by itself and the next line begins another. */
  private static Shape shapeOf(BufferedInputStream stream) throws IOException {
    stream.mark(OrderReader.MAX_BYTES + 1);
    String begin =
        new String(stream.readNBytes(OrderReader.MAX_BYTES), StandardCharsets.UTF_8)
            .replaceFirst("^\ufeff", "")
            .strip();
    stream.reset();
    int end = begin.indexOf('\n');
    boolean several =
        end > 0
            && begin.startsWith("{")
            && begin.substring(0, end).strip().endsWith("}")
            && begin.substring(end).strip().startsWith("{");
    return several ? Shape.LINES : Shape.ONE;
  }

  Shape shape() {
    return shape;
  }

  InputStream stream() {
    return stream;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
