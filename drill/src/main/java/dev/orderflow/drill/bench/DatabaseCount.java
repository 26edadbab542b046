package dev.orderflow.drill.bench;

import dev.orderflow.drill.machine.DatabaseAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a database server has come, with all its databases.
 *
 * @param commits transactions that wrote something: each draws an id, and only those
 * @param bytes written to its log of changes
 * @param statements executed, without the beginnings and ends of transactions
 */
record DatabaseCount(long commits, long bytes, long statements) {

  private static final String NOW =
      """
      select pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,
        (select coalesce(sum(calls), 0) from pg_stat_statements
         where query !~* '^(begin|commit|rollback)')::bigint
      """;

  /** Makes a database ready to be counted; its server must have loaded pg_stat_statements. */
  static void prepare(DatabaseAddress address) throws SQLException {
    execute(address, "create extension if not exists pg_stat_statements");
  }

  static void execute(DatabaseAddress address, String sql) throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static DatabaseCount of(DatabaseAddress address) throws SQLException {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NOW)) {
      row.next();
      return new DatabaseCount(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /**
   * A statement.
   *
   * @param text without its values
   * @param calls how often it was executed
   * @param millis that the server took for all of them
   */
  record Statements(String text, long calls, double millis) {}

  /** Forgets what was executed so far. */
  static void forget(DatabaseAddress address) throws SQLException {
    execute(address, "select pg_stat_statements_reset()");
  }

  /** What the server executed since, what took longest first. */
  static List<Statements> executed(DatabaseAddress address) throws SQLException {
    List<Statements> all = new ArrayList<>();
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select regexp_replace(query, '\\s+', ' ', 'g') as text, calls, total_exec_time
                from pg_stat_statements order by total_exec_time desc
                """)) {
      while (row.next()) {
        all.add(new Statements(row.getString(1), row.getLong(2), row.getDouble(3)));
      }
    }
    return all;
  }

  DatabaseCount since(DatabaseCount before) {
    return new DatabaseCount(
        commits - before.commits, bytes - before.bytes, statements - before.statements);
  }
}
