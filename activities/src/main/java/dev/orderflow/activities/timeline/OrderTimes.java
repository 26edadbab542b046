package dev.orderflow.activities.timeline;

import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.saga.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The instants that the ledger keeps of an order, by the database's clock. */
final class OrderTimes {

  /** The order itself. */
  record Placed(OrderStatus status, Instant placedAt, Optional<Instant> completedAt, Instant now) {}

  /**
   * An effect.
   *
   * @param sent whether somebody outside was asked
   * @param unknownAt since when its outcome was unknown at first
   * @param customer whether the provider waited for the customer
   */
  record Effect(
      Step step,
      int n,
      State state,
      Instant createdAt,
      boolean sent,
      Optional<Instant> unknownAt,
      Instant updatedAt,
      boolean customer) {

    String name() {
      return step.word() + "/" + n;
    }
  }

  /** A wait for an operator. */
  record Wait(
      String key,
      OrderStatus status,
      Instant openedAt,
      Optional<Instant> decidedAt,
      Optional<String> choice) {}

  Optional<Placed> placed(Handle tx, OrderId order) {
    String sql =
        """
        select status, placed_at, completed_at, clock_timestamp() as now
        from sales_order where id = :order
        """;
    return tx.createQuery(sql)
        .bind("order", order.value())
        .map(
            (row, context) ->
                new Placed(
                    OrderStatus.valueOf(row.getString("status")),
                    instant(row, "placed_at").orElseThrow(),
                    instant(row, "completed_at"),
                    instant(row, "now").orElseThrow()))
        .findOne();
  }

  /** What was done or tried, oldest first; a tombstone was not. */
  List<Effect> effects(Handle tx, OrderId order) {
    String sql =
        """
        select o.*, p.next_action is not null as customer
        from operation o left join payment p on p.key = o.key
        where o.order_id = :order and o.state <> 'FENCED' order by o.seq
        """;
    return tx.createQuery(sql).bind("order", order.value()).map(OrderTimes::effect).list();
  }

  List<Wait> waits(Handle tx, OrderId order) {
    return tx.createQuery("select * from order_review where order_id = :order order by version")
        .bind("order", order.value())
        .map(
            (row, context) ->
                new Wait(
                    row.getString("step_key"),
                    OrderStatus.valueOf(row.getString("status")),
                    instant(row, "opened_at").orElseThrow(),
                    instant(row, "decided_at"),
                    Optional.ofNullable(row.getString("choice"))))
        .list();
  }

  private static Effect effect(ResultSet row, StatementContext context) throws SQLException {
    return new Effect(
        Step.valueOf(row.getString("step")),
        row.getInt("n"),
        State.valueOf(row.getString("state")),
        instant(row, "created_at").orElseThrow(),
        instant(row, "first_sent_at").isPresent(),
        instant(row, "unknown_at"),
        instant(row, "updated_at").orElseThrow(),
        row.getBoolean("customer"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
