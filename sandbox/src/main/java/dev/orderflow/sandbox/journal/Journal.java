package dev.orderflow.sandbox.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of JSON lines, the only memory of the sandbox. What {@link #force} has
 * returned for survives {@code kill -9} and a power cut. Lines stand in the order in which they
 * were written; threads that force at the same time share one write and one fsync.
 *
 * <p>Safe for use by many threads. One process at a time owns a file.
 */
public final class Journal implements AutoCloseable {

  private static final byte NEWLINE = '\n';
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final RandomAccessFile file;

  /** Beside the file: closing it, as whoever reads it does, would end a lock of its own. */
  private final RandomAccessFile lock;

  private final Path path;
  private final Object forcing = new Object();
  private Deque<byte[]> waiting = new ArrayDeque<>();
  private boolean torn;
  private long written;
  private long forced;
  private Optional<IOException> failure = Optional.empty();

  private Journal(Path path, RandomAccessFile file, RandomAccessFile lock) {
    this.path = path;
    this.file = file;
    this.lock = lock;
  }

  /**
   * Opens the file, or makes an empty one. A last line without an end was torn by a crash, and was
   * promised to nobody: it is not read, and the next write takes its place.
   *
   * @throws IllegalStateException when another process has the file open
   */
  public static Journal open(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      Journal journal =
          new Journal(
              path,
              new RandomAccessFile(path.toFile(), "rw"),
              new RandomAccessFile(path + ".lock", "rw"));
      journal.own();
      journal.seekEnd();
      return journal;
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Reads every whole line that the file holds, oldest first, one at a time.
   *
   * @throws IllegalStateException at a line that {@code reader} does not understand, with its
   *     number
   */
  public void replay(Consumer<String> reader) {
    long number = 1;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      for (Optional<byte[]> line = line(in); line.isPresent(); line = line(in)) {
        reader.accept(UTF_8.newDecoder().decode(ByteBuffer.wrap(line.get())).toString());
        number++;
      }
    } catch (CharacterCodingException | RuntimeException e) {
      throw damaged(number, e);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The next whole line. */
  private static Optional<byte[]> line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != NEWLINE; next = in.read()) {
      if (next < 0) {
        return Optional.empty();
      }
      line.write(next);
    }
    return Optional.of(line.toByteArray());
  }

  private IllegalStateException damaged(long number, Exception why) {
    return new IllegalStateException(
        ("%s, line %d: this was not written by a sandbox, or is damaged (%s); with the file moved"
                + " away the sandbox begins anew, without memory of it")
            .formatted(path, number, why.getMessage()),
        why);
  }

  /**
   * Takes its place in the order of lines; on disk only after {@link #force}.
   *
   * @return the ticket to force with
   * @throws UncheckedIOException when an earlier write failed: nothing is taken any more
   */
  public synchronized long write(String line) {
    if (failure.isPresent()) {
      throw new UncheckedIOException(path + " failed earlier", failure.get());
    }
    waiting.add((line + "\n").getBytes(UTF_8));
    return ++written;
  }

  /** Everything written so far. */
  public synchronized long lastTicket() {
    return written;
  }

  /** Returns when the line of this ticket, and every line before it, is on the disk. */
  public void force(long ticket) {
    synchronized (forcing) {
      if (forced >= ticket) {
        return;
      }
      Deque<byte[]> batch;
      long upTo;
      synchronized (this) {
        if (failure.isPresent()) {
          throw new UncheckedIOException(path + " failed earlier", failure.get());
        }
        batch = waiting;
        upTo = written;
        waiting = new ArrayDeque<>();
      }
      try {
        if (torn) {
          file.setLength(file.getFilePointer());
          torn = false;
        }
        file.write(joined(batch));
        // Not FileChannel.force: an interrupted request thread would close the channel for all.
        file.getFD().sync();
        forced = upTo;
      } catch (IOException e) {
        synchronized (this) {
          failure = Optional.of(e);
        }
        throw new UncheckedIOException(path + " cannot be written", e);
      }
    }
  }

  @Override
  public void close() {
    force(lastTicket());
    try {
      file.close();
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be closed", e);
    }
  }

  private void own() throws IOException {
    boolean owned;
    try {
      owned = lock.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      owned = false;
    }
    if (!owned) {
      file.close();
      lock.close();
      throw new IllegalStateException(path + " belongs to another sandbox that is running");
    }
  }

  /** Behind the last whole line. */
  private void seekEnd() throws IOException {
    long end = file.length();
    byte[] block = new byte[8192];
    while (end > 0) {
      int size = (int) Math.min(block.length, end);
      file.seek(end - size);
      file.readFully(block, 0, size);
      int last = size - 1;
      while (last >= 0 && block[last] != NEWLINE) {
        last--;
      }
      end = end - size + last + 1;
      if (last >= 0) {
        break;
      }
    }
    torn = end < file.length();
    if (torn) {
      LOG.warn(
          "{}: its last {} bytes are no whole line, and will be overwritten",
          path,
          file.length() - end);
    }
    file.seek(end);
  }

  private static byte[] joined(Deque<byte[]> batch) {
    byte[] all = new byte[batch.stream().mapToInt(line -> line.length).sum()];
    int at = 0;
    for (byte[] line : batch) {
      System.arraycopy(line, 0, all, at, line.length);
      at += line.length;
    }
    return all;
  }
}
