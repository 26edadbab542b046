package dev.orderflow.drill.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.dev.Addresses;
import dev.orderflow.dev.Directory;
import dev.orderflow.dev.Home;
import dev.orderflow.dev.LocalOptions;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.dev.PartName;
import dev.orderflow.drill.AtExit;
import dev.orderflow.drill.machine.DatabaseAddress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;

/** The embedded PostgreSQL in a directory that is thrown away, with several ledgers in it. */
final class Cluster implements AutoCloseable {

  private final Home home;
  private final LocalSystem system;
  private final DatabaseAddress database;
  private final AtExit end;

  private Cluster(Home home, LocalSystem system, DatabaseAddress database) {
    this.home = home;
    this.system = system;
    this.database = database;
    this.end = AtExit.run(this::stop);
  }

  /**
   * Starts it.
   *
   * @param settings its own, besides the usual ones; some count from the start only
   */
  static Cluster start(Map<String, String> settings) throws Exception {
    Home home = Home.temporary("ledger");
    LocalOptions options =
        LocalOptions.throwAway(machine(home))
            .without(PartName.TEMPORAL, PartName.SANDBOX, PartName.WORKER);
    try {
      try (LocalSystem first = LocalSystem.start(options)) {
        set(first.addresses(), settings);
      }
      LocalSystem system = LocalSystem.start(options);
      return new Cluster(home, system, DatabaseAddress.ofLedger(system.addresses()));
    } catch (Exception failed) {
      home.close();
      throw failed;
    }
  }

  private static Directory machine(Home home) {
    return new Directory(home.directory().root().resolve("machine"));
  }

  private static void set(Addresses at, Map<String, String> settings)
      throws SQLException, IOException {
    try (var connection = DatabaseAddress.ofLedger(at).connect();
        var statement = connection.createStatement()) {
      for (var setting : settings.entrySet()) {
        statement.execute(
            "alter system set %s = %s".formatted(setting.getKey(), setting.getValue()));
      }
    }
  }

  /** Where its server keeps what it has. */
  Path directory() {
    return machine(home).root().resolve("postgres");
  }

  /** A database of its own with all tables, and nothing in them. */
  DatabaseConfig migrated(String name) {
    administer("create database " + name);
    DatabaseConfig made = config(name);
    new Migrations(made).migrate();
    return made;
  }

  /** A copy of a database that nobody is connected to. */
  DatabaseConfig copy(String name, String of) {
    administer("create database " + name + " template " + of);
    return config(name);
  }

  /** One statement of the server's administrator. */
  void administer(String sql) {
    Jdbi.create(database.url(), database.user(), database.password())
        .useHandle(handle -> handle.execute(sql));
  }

  private DatabaseConfig config(String name) {
    return new DatabaseConfig(
        database.url().replaceFirst("/[^/]*$", "/" + name),
        Optional.of(database.user()),
        Optional.of(Secret.of(database.password())),
        4);
  }

  /** From now on nothing waits for the disk: what is written need not survive the machine. */
  void hurry() {
    waitForDisk("off");
  }

  /** Ends the hurry; what was written in it is on the disk when this returns. */
  void settle() throws IOException {
    waitForDisk("on");
    administer("checkpoint");
    try (Stream<Path> files = Files.walk(directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (FileChannel written = FileChannel.open(file)) {
          written.force(true);
        } catch (NoSuchFileException removed) {
          // It needs no more writing.
        }
      }
    }
  }

  private void waitForDisk(String whether) {
    administer("alter system set fsync = " + whether);
    administer("alter system set full_page_writes = " + whether);
    administer("select pg_reload_conf()");
  }

  /** Connections whose statements may take as long as they take. */
  static HikariDataSource unhurried(DatabaseConfig database) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.user().orElseThrow());
    pool.setPassword(database.password().orElseThrow().reveal());
    pool.setMaximumPoolSize(4);
    return new HikariDataSource(pool);
  }

  @Override
  public void close() {
    end.forget();
    stop();
  }

  private void stop() {
    try {
      hurry();
    } catch (ConnectionException gone) {
      // Then there is nothing to wait for.
    }
    system.close();
    home.close();
  }
}
