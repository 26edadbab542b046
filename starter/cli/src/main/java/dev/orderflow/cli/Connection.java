package dev.orderflow.cli;

import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.payload.AesGcmCodec;
import dev.orderflow.workflows.payload.Payloads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/**
 * The options that say where the orders are. For use as a mixin. Nothing is connected until a
 * command asks.
 */
public final class Connection {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "A running 'orderflow dev' by its directory (default: $ORDERFLOW_DIR or ./.orderflow)")
  private Path dir;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "A profile of Temporal's configuration file, instead of a directory")
  private String profile;

  @Option(
      names = "--task-queue",
      paramLabel = "NAME",
      description = "The workers' task queue (default: orders)")
  private String taskQueue;

  @Option(
      names = "--codec-key",
      paramLabel = "ID=FILE",
      description =
          "A key that payloads are encrypted with: base64 of 32 bytes. The first one given"
              + " encrypts")
  private Map<String, Path> codecKeys = new LinkedHashMap<>();

  /** The directory of a local installation, whether it exists or not. */
  public Path dir() {
    if (dir != null) {
      return dir;
    }
    String named = System.getenv("ORDERFLOW_DIR");
    return Path.of(named == null || named.isBlank() ? ".orderflow" : named);
  }

  /** A file of the directory, when it is there. */
  public Optional<Path> inDir(String name) {
    return Optional.of(dir().resolve(name)).filter(Files::isReadable);
  }

  /** Where and how to connect. */
  public ConnectionSettings settings() {
    ConnectionSettings settings = ConnectionSettings.usual();
    if (profile != null) {
      settings = settings.withProfile(profile);
    } else {
      settings = ofDirectory(settings);
    }
    if (!codecKeys.isEmpty()) {
      settings = settings.withConverter(Payloads.encrypted(codec()));
    }
    return taskQueue == null ? settings : settings.withTaskQueue(taskQueue);
  }

  /** A client of the orders there; the caller closes it. */
  public OrderClient open() {
    return OrderClient.connect(settings());
  }

  private ConnectionSettings ofDirectory(ConnectionSettings settings) {
    Optional<Path> temporal = inDir("temporal.toml");
    if (temporal.isEmpty()) {
      if (dir != null) {
        throw new CliException(
            ExitCode.UNAVAILABLE,
            "--dir: '"
                + dir
                + "' has no temporal.toml; start one there: orderflow dev --dir "
                + dir);
      }
      return settings;
    }
    ConnectionSettings local = settings.withConfigFile(temporal.get());
    return inDir("orderflow.toml").map(file -> new WorkerFile(file).applyTo(local)).orElse(local);
  }

  private AesGcmCodec codec() {
    Map<String, byte[]> keys = new LinkedHashMap<>();
    codecKeys.forEach((id, file) -> keys.put(id, KeyFile.read("--codec-key " + id, file)));
    return new AesGcmCodec(keys, codecKeys.keySet().iterator().next());
  }
}
