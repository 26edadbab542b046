package dev.orderflow.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The directory that a machine lives in, for as long as a command runs. */
public final class Home implements AutoCloseable {

  private static final int ATTEMPTS = 20;

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

  /**
   * A fresh one, deleted in the end.
   *
   * @param command part of its name, so that what a crash leaves can be told
   */
  public static Home temporary(String command) throws IOException {
    return new Home(Files.createTempDirectory("orderflow-" + command + "-"), Fate.DELETED);
  }

  /**
   * The given one, which stays.
   *
   * @throws IllegalArgumentException when something is in it, or it is no directory
   */
  public static Home in(Path path) throws IOException {
    new Directory(path).requireDirectory();
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

  public Directory directory() {
    return new Directory(path);
  }

  @Override
  public void close() {
    if (fate == Fate.KEPT) {
      return;
    }
    for (int attempt = 1; !isDeleted(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IllegalStateException(path + " can't be deleted; something still writes there");
      }
    }
  }

  /** A process that was just killed may have had a file on its way. */
  private boolean isDeleted() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
      return true;
    } catch (IOException | UncheckedIOException e) {
      return Files.notExists(path);
    }
  }
}
