package dev.orderflow.activities.ledger;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.util.Modules;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated database of its own for each test class, on one PostgreSQL per JVM. Use it as a static
 * field with {@code @RegisterExtension}.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

  /** Fewer than most tests have threads, so that they also wait for connections. */
  private static final int CONNECTIONS = 8;

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final List<HikariDataSource> pools = new ArrayList<>();
  private DatabaseConfig config;
  private Injector injector;

  /** One PostgreSQL, with the migrated database all others are copied from. */
  private static final class Server implements AutoCloseable {
    final EmbeddedPostgres postgres;

    Server() {
      try {
        postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("synchronous_commit", "off")
                .setServerConfig("max_connections", "200")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      execute("create database migrated");
      new Migrations(config("migrated")).migrate();
    }

    void execute(String sql) {
      Jdbi.create(postgres.getPostgresDatabase()).useHandle(handle -> handle.execute(sql));
    }

    DatabaseConfig config(String name) {
      String url = postgres.getJdbcUrl("postgres", name);
      return new DatabaseConfig(url, Optional.empty(), Optional.empty(), CONNECTIONS);
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Server server =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(TestDatabase.class))
            .getOrComputeIfAbsent(Server.class, type -> new Server(), Server.class);
    String name = "test_" + NUMBER.incrementAndGet();
    server.execute("create database " + name + " template migrated");
    config = server.config(name);
    injector = injector();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    pools.forEach(HikariDataSource::close);
  }

  /** The database with more modules, which may override its own bindings; closed at the end. */
  public Injector injector(Module... modules) {
    Injector made =
        Guice.createInjector(Modules.override(new DatabaseModule(config)).with(modules));
    pools.add(made.getInstance(HikariDataSource.class));
    return made;
  }

  public DatabaseConfig config() {
    return config;
  }

  public <T> T get(Class<T> type) {
    return injector.getInstance(type);
  }

  /** The only number that a query answers. */
  public long number(String sql) {
    return get(Jdbi.class).withHandle(h -> h.createQuery(sql).mapTo(Long.class).one());
  }

  public void execute(String sql) {
    get(Jdbi.class).useHandle(handle -> handle.execute(sql));
  }
}
