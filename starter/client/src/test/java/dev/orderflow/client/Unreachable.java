package dev.orderflow.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A place where nothing listens: port 1 is given to nobody. */
final class Unreachable {

  static final String ADDRESS = "127.0.0.1:1";

  private Unreachable() {}

  static ConnectionSettings settings(Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("temporal.toml"),
            """
            [profile.default]
            address = "%s"
            namespace = "default"
            """
                .formatted(ADDRESS));
    return ConnectionSettings.usual().withConfigFile(file);
  }
}
