package dev.orderflow.worker;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL and a fake Temporal, and the configuration of a worker that uses them. */
final class OneMachine implements AutoCloseable {

  final FakeTemporal temporal = new FakeTemporal();
  final EmbeddedPostgres postgres;
  final Path config;

  OneMachine(Path directory) throws IOException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .start();
    config = directory.resolve("orderflow.toml");
    write("");
  }

  /** Writes the configuration anew. */
  void write(String more) throws IOException {
    Files.writeString(
        config.resolveSibling("temporal.toml"),
        """
        [profile.default]
        address = "%s"
        namespace = "shop"
        """
            .formatted(temporal.address()));
    Files.writeString(
        config,
        more
            + """

            [temporal]
            config-file = "temporal.toml"

            [database]
            url = "%s"

            [codec]
            mode = "none"
            """
                .formatted(postgres.getJdbcUrl("postgres", "postgres")));
  }

  @Override
  public void close() throws Exception {
    postgres.close();
    temporal.close();
  }
}
