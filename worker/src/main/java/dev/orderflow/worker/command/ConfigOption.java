package dev.orderflow.worker.command;

import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.WorkerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that say which worker configuration is meant. For use as a mixin. */
public final class ConfigOption {

  /** What mends it where there is no file. */
  static final String NAME_ONE =
      "name the worker's configuration by --config FILE, or start one with 'orderflow dev'";

  private static final String FILE = "orderflow.toml";

  @Option(names = "--config", paramLabel = "FILE", description = "The worker's configuration")
  private Path config;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Instead, that of a running 'orderflow dev', by its directory (default: $ORDERFLOW_DIR"
              + " or ./.orderflow)")
  private Path dir;

  /**
   * The file, whether it exists or not.
   *
   * @throws ConfigException when both options are given
   */
  public Path file() {
    if (config != null && dir != null) {
      throw new ConfigException("--config and --dir both name a configuration; give one");
    }
    return config != null ? config : dir().resolve(FILE);
  }

  private Path dir() {
    if (dir != null) {
      return dir;
    }
    String named = System.getenv("ORDERFLOW_DIR");
    return Path.of(named == null || named.isBlank() ? ".orderflow" : named);
  }

  /**
   * Reads the file.
   *
   * @throws ConfigException when it can't be used
   */
  public WorkerConfig read() {
    Path file = file();
    if (!Files.exists(file)) {
      throw new ConfigException(file + " does not exist; " + NAME_ONE);
    }
    return WorkerConfig.read(file);
  }
}
