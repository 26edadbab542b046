package dev.orderflow.worker.check;

import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.Migrations;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGProperty;

/** Whether the database has what orders need. */
public final class DatabaseChecks {

  private static final Duration SKEW = Duration.ofSeconds(2);

  private final DatabaseConfig config;
  private final Migrations migrations;

  public DatabaseChecks(DatabaseConfig config) {
    this.config = config;
    this.migrations = new Migrations(config);
  }

  /** Not from the pool, which goes on trying in the background. */
  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    config.user().ifPresent(user -> PGProperty.USER.set(properties, user));
    config.password().ifPresent(p -> PGProperty.PASSWORD.set(properties, p.reveal()));
    PGProperty.CONNECT_TIMEOUT.set(properties, 2);
    return DriverManager.getConnection(config.url(), properties);
  }

  /** Connects, trying again until {@code patience} is over while it may still be starting. */
  public Finding reachable(Duration patience) {
    Instant end = Instant.now().plus(patience);
    while (true) {
      try (Connection connection = connect()) {
        return Finding.ok("database", connection.getMetaData().getURL().replaceAll("\\?.*", ""));
      } catch (SQLException e) {
        if (!mayBeStarting(e) || Instant.now().isAfter(end)) {
          return Finding.unreachable(
              "database",
              "can't be reached (" + Refusal.cause(e) + ")",
              "start PostgreSQL, or correct [database]");
        }
        pause();
      }
    }
  }

  /** Connection trouble and "starting up"; not a wrong password or a database that is not there. */
  private static boolean mayBeStarting(SQLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("28") || sql.getSQLState().startsWith("3D"))) {
        return false;
      }
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }

  /** Needs the database. */
  public Finding migrations() {
    String subject = "migrations";
    try {
      List<String> pending = migrations.pending();
      if (!pending.isEmpty()) {
        return Finding.missing(
            subject, "not applied yet: " + String.join(", ", pending), Remedy.SETUP);
      }
      migrations.validate();
      return Finding.ok(subject, "applied");
    } catch (FlywayException e) {
      return Finding.missing(
          subject,
          "the tables are not those of this version (" + Refusal.cause(e) + ")",
          "run the version that made them, or restore them from a backup");
    }
  }

  /** Needs the database. Times are the database's; a clock far off confuses who compares them. */
  public Finding clock() {
    Instant before = Instant.now();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select clock_timestamp()")) {
      rows.next();
      Instant theirs = rows.getObject(1, OffsetDateTime.class).toInstant();
      Duration skew = Duration.between(before, theirs).abs();
      return skew.compareTo(SKEW) <= 0
          ? Finding.ok("clock", "within " + SKEW.toSeconds() + " s of the database's")
          : Finding.warning(
              "clock",
              skew.toSeconds() + " s from the database's",
              "synchronise both hosts' clocks by NTP");
    } catch (SQLException e) {
      return Finding.warning(
          "clock", "the database did not say (" + Refusal.cause(e) + ")", "try again");
    }
  }
}
