package dev.orderflow.dev.demo;

import dev.orderflow.dev.Addresses;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Our own tables, read as an auditor would: by plain SQL, past the code that writes them. */
final class LedgerTables implements AutoCloseable {

  private final Connection connection;

  private LedgerTables(Connection connection) {
    this.connection = connection;
  }

  static LedgerTables open(Addresses addresses) throws SQLException, IOException {
    return new LedgerTables(Commits.connect(addresses));
  }

  Map<OrderId, OrderStatus> statuses() throws SQLException {
    return read(
        "select id, status from sales_order",
        row -> new OrderId(row.getString(1)),
        row -> OrderStatus.valueOf(row.getString(2)));
  }

  /** By article; what the reservations say is counted too, and must agree with the counter. */
  Map<String, Evidence.Stock> stock() throws SQLException {
    return read(
        """
        select s.article, s.on_hand,
               greatest(s.reserved, coalesce(sum(r.quantity) filter (where r.state = 'RESERVED'), 0))
        from stock s left join reservation r on r.article = s.article
        group by s.article, s.on_hand, s.reserved
        """,
        row -> row.getString(1),
        row -> new Evidence.Stock(row.getInt(2), row.getInt(3)));
  }

  /** By code, where there are any. */
  Map<String, Evidence.Uses> uses() throws SQLException {
    return read(
        """
        select c.code,
               greatest(count(u.code) filter (where u.state = 'HELD'),
                        c.uses_taken - count(u.code) filter (where u.state = 'REDEEMED')),
               count(u.code) filter (where u.state = 'REDEEMED')
        from coupon c left join coupon_use u on u.code = c.code
        where c.granted_by is null
        group by c.code, c.uses_taken
        """,
        row -> row.getString(1),
        row -> new Evidence.Uses(row.getInt(2), row.getInt(3)));
  }

  /** By customer, where there are any. */
  Map<String, Integer> rewards() throws SQLException {
    return read(
        """
        select customer_id, count(*) from coupon
        where granted_by is not null and revoked_at is null
        group by customer_id
        """,
        row -> row.getString(1),
        row -> row.getInt(2));
  }

  private interface Column<T> {
    T of(ResultSet row) throws SQLException;
  }

  private <K, V> Map<K, V> read(String sql, Column<K> key, Column<V> value) throws SQLException {
    Map<K, V> rows = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        rows.put(key.of(row), value.of(row));
      }
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
