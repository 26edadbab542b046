package dev.orderflow.worker;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A PostgreSQL, and the configuration of a worker that uses it and a Temporal. */
public final class OneMachine implements AutoCloseable {

  /** Tests of orders that cost nothing need no provider, but a default channel. */
  public static final String FREE_OF_CHARGE =
      """
      sandbox = "allowed"

      [order]
      prices = "caller"

      [payment.sandbox]
      url = "http://127.0.0.1:9"
      api-key = { file = "key" }

      [health]
      port = 0
      """;

  public final EmbeddedPostgres postgres;
  public final Path config;

  private final String temporalAddress;

  public OneMachine(Path directory, String temporalAddress) throws IOException {
    this.temporalAddress = temporalAddress;
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("synchronous_commit", "off")
            .start();
    config = directory.resolve("orderflow.toml");
    Files.writeString(directory.resolve("key"), "a key");
    write("");
  }

  /** Writes the configuration anew. */
  public void write(String more) throws IOException {
    Files.writeString(
        config.resolveSibling("temporal.toml"),
        """
        [profile.default]
        address = "%s"
        namespace = "shop"
        """
            .formatted(temporalAddress));
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

            [notification]
            host = "127.0.0.1"
            port = 9
            from = "shop@example.org"
            """
                .formatted(postgres.getJdbcUrl("postgres", "postgres")));
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
