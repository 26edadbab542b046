package dev.orderflow.client.document;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Splits a stream into lines, of which it never holds more than one, nor more than the limit. */
final class LineInput {

  private final BufferedInputStream stream;
  private int number;
  private long end;

  LineInput(InputStream stream) {
    this.stream = new BufferedInputStream(stream, 1 << 16);
  }

  /** The next line that is not empty. */
  Optional<OrderLine> next() {
    try {
      while (true) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int last = readLine(line);
        if (last < 0 && line.size() == 0) {
          return Optional.empty();
        }
        number++;
        byte[] text = number == 1 ? ByteOrderMark.removed(line.toByteArray()) : line.toByteArray();
        if (!isBlank(text)) {
          return Optional.of(new OrderLine(number, text, end));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is beyond the limit is read and dropped: one byte more than allowed tells. */
  private int readLine(ByteArrayOutputStream line) throws IOException {
    int c = read();
    while (c >= 0 && c != '\n') {
      if (line.size() <= OrderReader.MAX_BYTES) {
        line.write(c);
      }
      c = read();
    }
    return c;
  }

  private int read() throws IOException {
    int c = stream.read();
    end += c >= 0 ? 1 : 0;
    return c;
  }

  private static boolean isBlank(byte[] text) {
    for (byte b : text) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }
}
