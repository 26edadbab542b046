package dev.orderflow.dev;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The log of one process, kept below a bound: the newest part stays, the one before it lies beside
 * it as {@code NAME.log.1}. Processes append, so it may be emptied under their hands.
 */
record LogFile(Path path) {
  static final long BOUND_BYTES = 10L << 20;
  private static final int TAIL_BYTES = 4_096;

  /** Moves the content aside when there is too much of it. */
  void bound() throws IOException {
    if (Files.exists(path) && Files.size(path) > BOUND_BYTES) {
      Files.copy(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
          .close();
    }
  }

  /** Its last lines, for a message; empty when there are none. */
  String tail(int lines) {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      var bytes = new byte[TAIL_BYTES];
      int read = Math.max(0, file.read(bytes));
      var all = new String(bytes, 0, read, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException none) {
      return "";
    }
  }
}
