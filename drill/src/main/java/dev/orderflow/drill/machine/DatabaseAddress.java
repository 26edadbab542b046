package dev.orderflow.drill.machine;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.dev.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * Where a database is, and how to get in.
 *
 * @param url of JDBC
 */
public record DatabaseAddress(String url, String user, String password) {

  /** Our own tables, on a machine. */
  public static DatabaseAddress ofLedger(Addresses machine) throws IOException {
    return new DatabaseAddress(
        machine.database(),
        machine.databaseUser(),
        Files.readString(machine.databasePasswordFile()).strip());
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Connections that are kept. */
  HikariDataSource pool(int size) {
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(url);
    pool.setUsername(user);
    pool.setPassword(password);
    pool.setMaximumPoolSize(size);
    return new HikariDataSource(pool);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return url;
  }
}
