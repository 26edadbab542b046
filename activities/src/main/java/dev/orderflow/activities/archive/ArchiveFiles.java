package dev.orderflow.activities.archive;

import dev.orderflow.workflows.payload.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of one archive: {@code NAME.jsonl.gz}, an order a line, and {@code NAME.json}, which
 * says what is in it. A file that has its name is whole and on the disk. Readable by their owner
 * only: they hold names and addresses.
 */
record ArchiveFiles(Path directory, String name) {

  /** What stands beside the orders. */
  record Manifest(String file, String sha256, int orders, Instant before) {}

  /** Writes lines, of which nothing is there until it is {@link #complete}. */
  static final class Writing implements AutoCloseable {
    private final ArchiveFiles files;
    private final BufferedWriter lines;
    private int orders;

    private Writing(ArchiveFiles files) throws IOException {
      this.files = files;
      OutputStream out =
          Files.newOutputStream(
              files.create(files.part()),
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING);
      this.lines =
          new BufferedWriter(
              new OutputStreamWriter(new GZIPOutputStream(out, 1 << 16), StandardCharsets.UTF_8));
    }

    void line(String text) throws IOException {
      lines.write(text);
      lines.write('\n');
      orders++;
    }

    int orders() {
      return orders;
    }

    /**
     * Returns when the file and its manifest are on the disk under their names.
     *
     * @throws FileAlreadyExistsException when one of them is there: it may be the only copy of
     *     others
     */
    Manifest complete(Instant before) throws IOException {
      lines.close();
      Manifest manifest =
          new Manifest(files.file().getFileName().toString(), sha256(files.part()), orders, before);
      sync(files.part());
      files.requireFree();
      Files.move(files.part(), files.file(), StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(files.create(files.manifestPart()), Json.text(manifest) + "\n");
      sync(files.manifestPart());
      Files.move(files.manifestPart(), files.manifest(), StandardCopyOption.ATOMIC_MOVE);
      sync(files.directory());
      return manifest;
    }

    @Override
    public void close() throws IOException {
      lines.close();
      Files.deleteIfExists(files.part());
    }
  }

  /**
   * Begins the file.
   *
   * @throws FileAlreadyExistsException when there is one of that name
   */
  Writing write() throws IOException {
    requireFree();
    return new Writing(this);
  }

  /** A move replaces what is there; names differ by chance, so this is asked to be sure. */
  private void requireFree() throws FileAlreadyExistsException {
    for (Path path : List.of(file(), manifest())) {
      if (Files.exists(path)) {
        throw new FileAlreadyExistsException(
            path.toString(), null, "is there already, and is not replaced");
      }
    }
  }

  /** What its manifest says, which comes last: where it is there, so is the file. */
  Optional<Manifest> completed() {
    if (!Files.exists(file()) || !Files.exists(manifest())) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.MAPPER.readValue(Files.readString(manifest()), Manifest.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives its lines away, so many at once. */
  void read(int atOnce, Consumer<List<String>> batches) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file()), 1 << 16),
                StandardCharsets.UTF_8))) {
      for (List<String> batch = next(lines, atOnce);
          !batch.isEmpty();
          batch = next(lines, atOnce)) {
        batches.accept(batch);
      }
    }
  }

  private static List<String> next(BufferedReader lines, int atOnce) throws IOException {
    List<String> batch = new ArrayList<>(atOnce);
    while (batch.size() < atOnce) {
      String line = lines.readLine();
      if (line == null) {
        break;
      }
      batch.add(line);
    }
    return batch;
  }

  /** Whether the file is there and is what was written. */
  boolean isWhole(String sha256) throws IOException {
    return Files.exists(file()) && sha256(file()).equals(sha256);
  }

  /** Deletes what is half written; a file that has its manifest stays. */
  void discard() throws IOException {
    Files.deleteIfExists(part());
    Files.deleteIfExists(manifestPart());
    if (!Files.exists(manifest())) {
      Files.deleteIfExists(file());
    }
  }

  Path file() {
    return directory.resolve(name + ".jsonl.gz");
  }

  private Path manifest() {
    return directory.resolve(name + ".json");
  }

  private Path part() {
    return directory.resolve(name + ".jsonl.gz.part");
  }

  private Path manifestPart() {
    return directory.resolve(name + ".json.part");
  }

  private Path create(Path path) throws IOException {
    Files.createDirectories(directory);
    Files.deleteIfExists(path);
    return Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String sha256(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path);
        DigestInputStream digested =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digested.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digested.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
