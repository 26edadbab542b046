package dev.orderflow.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where unpacked programs are kept between runs, for every directory of this user: {@code
 * $XDG_CACHE_HOME/orderflow}, or {@code ~/.cache/orderflow}.
 */
record Caches(Path root) {

  /** Fills an empty folder. */
  interface Filler {
    void fill(Path folder) throws IOException, InterruptedException;
  }

  static Caches ofUser(Map<String, String> environment) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return new Caches(base.toAbsolutePath().resolve("orderflow"));
  }

  /**
   * The folder of this name, filled the first time. It appears whole or not at all; of two that
   * fill it at once, one wins and both get the same.
   */
  Path folder(String name, Filler filler) throws IOException, InterruptedException {
    Path folder = root.resolve(name);
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Files.createDirectories(root);
    Path unfinished = Files.createTempDirectory(root, name + ".");
    try {
      filler.fill(unfinished);
      Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      if (!Files.isDirectory(folder)) {
        throw failed;
      }
    } finally {
      delete(unfinished);
    }
    return folder;
  }

  /** Deletes a folder with all that is in it; nothing happens when there is none. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    }
  }
}
