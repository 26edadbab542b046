package dev.orderflow.cli;

import dev.orderflow.client.document.OrderReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Where orders are read from, and whether it holds one or many. */
final class PlaceInput implements AutoCloseable {

  /** What a file holds. */
  enum Shape {
    ONE,
    LINES
  }

  private final BufferedInputStream stream;
  private final Shape shape;
  private final OptionalLong size;

  private PlaceInput(BufferedInputStream stream, Shape shape, OptionalLong size) {
    this.stream = stream;
    this.shape = shape;
    this.size = size;
  }

  /**
   * Opens a file, or standard input where it is called {@code -}.
   *
   * @throws CliException when it can't be read
   */
  static PlaceInput open(String name) {
    try {
      BufferedInputStream stream = new BufferedInputStream(raw(name), 1 << 16);
      Shape shape = saysLines(name) ? Shape.LINES : shapeOf(stream);
      return new PlaceInput(stream, shape, sizeOf(name));
    } catch (IOException e) {
      throw Unreadable.file(Path.of(name), e);
    }
  }

  private static InputStream raw(String name) throws IOException {
    if (name.equals("-")) {
      return System.in;
    }
    if (Files.isDirectory(Path.of(name))) {
      throw new FileSystemException(name); // which could be opened, and would fail later
    }
    return Files.newInputStream(Path.of(name));
  }

  /** Of what is no file the length is not known. */
  private static OptionalLong sizeOf(String name) throws IOException {
    return name.equals("-") || !Files.isRegularFile(Path.of(name))
        ? OptionalLong.empty()
        : OptionalLong.of(Files.size(Path.of(name)));
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

  /** In bytes, where it is known. */
  OptionalLong size() {
    return size;
  }

  InputStream stream() {
    return stream;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
