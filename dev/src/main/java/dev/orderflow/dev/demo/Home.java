package dev.orderflow.dev.demo;

import dev.orderflow.dev.Directory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The directory that the demo lives in. */
final class Home implements AutoCloseable {

  private final Path path;
  private final Fate fate;

  /** What becomes of it in the end. */
  private enum Fate {
    DELETED,
    KEPT
  }

  private Home(Path path, Fate fate) {
    this.path = path;
    this.fate = fate;
  }

  /** A fresh one, deleted in the end. */
  static Home temporary() throws IOException {
    return new Home(Files.createTempDirectory("orderflow-demo-"), Fate.DELETED);
  }

  /**
   * The given one, which stays.
   *
   * @throws IllegalArgumentException when something is in it
   */
  static Home in(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      if (files.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "--dir: " + path + " is not empty; give a new one, or leave it out");
      }
    } catch (NoSuchFileException isNew) {
      // made when the machine starts
    }
    return new Home(path, Fate.KEPT);
  }

  Directory directory() {
    return new Directory(path);
  }

  @Override
  public void close() {
    if (fate == Fate.KEPT) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + " can't be deleted", e);
    }
  }
}
