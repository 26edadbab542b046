package dev.orderflow.activities.inbox;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** A row of the table {@code inbox}. */
final class ReceivedRow implements RowMapper<Received> {

  @Override
  public Received map(ResultSet row, StatementContext context) throws SQLException {
    return new Received(
        row.getLong("id"),
        new Hint(
            row.getString("channel"),
            row.getString("event_id"),
            row.getString("type"),
            text(row, "reference"),
            text(row, "merchant_reference"),
            instant(row, "happened_at").orElseThrow()),
        instant(row, "received_at").orElseThrow(),
        InboxState.valueOf(row.getString("state")),
        row.getInt("tries"),
        instant(row, "due_at"),
        text(row, "order_id").map(OrderId::new),
        reason(row),
        closed(row));
  }

  private static Optional<Reason> reason(ResultSet row) throws SQLException {
    String message = row.getString("reason_message");
    return text(row, "reason_code").map(code -> new Reason(code, message));
  }

  private static Optional<Closed> closed(ResultSet row) throws SQLException {
    String actor = row.getString("closed_by");
    String reason = row.getString("closed_reason");
    return instant(row, "closed_at").map(at -> new Closed(at, actor, reason));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
