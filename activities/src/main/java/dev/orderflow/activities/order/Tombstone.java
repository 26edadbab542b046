package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.failure.ApplicationFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What is left in {@code sales_order} of an order that is archived.
 *
 * @param fingerprint of the document that it was placed with
 * @param reasonCode why it ended so; absent of one that was completed
 */
public record Tombstone(
    OrderId id, String fingerprint, OrderStatus status, Optional<String> reasonCode, Archived since)
    implements Known {

  /** Of a row of {@code sales_order} whose {@code archived_at} is set. */
  public static Tombstone of(ResultSet row) throws SQLException {
    String ended = row.getTimestamp("ended_at") == null ? "completed_at" : "ended_at";
    return new Tombstone(
        new OrderId(row.getString("id")),
        row.getString("fingerprint"),
        OrderStatus.valueOf(row.getString("status")),
        Optional.ofNullable(row.getString("reason_code")),
        new Archived(
            row.getTimestamp(ended).toInstant(), row.getTimestamp("archived_at").toInstant()));
  }

  Acceptance acceptance() {
    return Acceptance.archived(status, reason(), since);
  }

  OrderView view() {
    return OrderView.archived(id, status, reason(), since);
  }

  private Optional<Reason> reason() {
    return reasonCode.map(code -> new Reason(code, "what was said then is in the archive"));
  }

  /** As {@link Archived#inWords}. */
  public String inWords() {
    return since.inWords(id, status);
  }

  ApplicationFailure refusal() {
    return ApplicationFailure.newNonRetryableFailure(inWords(), OrderWorkflow.ARCHIVED);
  }
}
