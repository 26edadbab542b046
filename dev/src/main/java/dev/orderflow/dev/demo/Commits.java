package dev.orderflow.dev.demo;

import dev.orderflow.dev.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Counts writing transactions in our database. PostgreSQL draws a transaction id for each that
 * changes something, and only for those; how far it has come is what is read here. Its statistics
 * would also count every read of a health check, and say so only seconds later.
 */
final class Commits {

  private final Addresses addresses;

  Commits(Addresses addresses) {
    this.addresses = addresses;
  }

  /** How many there have been, in the whole life of the database. */
  long soFar() throws SQLException, IOException {
    try (Connection connection = connect(addresses);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
      row.next();
      return row.getLong(1);
    }
  }

  static Connection connect(Addresses addresses) throws SQLException, IOException {
    return DriverManager.getConnection(
        addresses.database(),
        addresses.databaseUser(),
        Files.readString(addresses.databasePasswordFile()).strip());
  }
}
