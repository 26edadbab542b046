package dev.orderflow.drill.machine;

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

  /** Without the password. */
  @Override
  public String toString() {
    return url;
  }
}
