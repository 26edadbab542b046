package dev.orderflow.activities.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code sales_order}; it is filled by {@link Placements}. */
@Singleton
public class Orders {

  /** The type of the failure when an order is not in the ledger. */
  public static final String NO_SUCH_ORDER = "NO_SUCH_ORDER";

  /**
   * The order.
   *
   * @throws ApplicationFailure {@link #NO_SUCH_ORDER}, or {@link OrderWorkflow#ARCHIVED}, not
   *     retryable
   */
  public StoredOrder get(Handle tx, OrderId id) {
    return known(tx, id).map(Orders::here).orElseThrow(() -> missing(id));
  }

  /** The order, or what is left of it: one look, so that it is not archived in between. */
  Optional<Known> known(Handle tx, OrderId id) {
    return tx.createQuery("select * from sales_order where id = :id")
        .bind("id", id.value())
        .map((row, context) -> known(row))
        .findOne();
  }

  /** What is left of the order, where it is archived. */
  public Optional<Tombstone> tombstone(Handle tx, OrderId id) {
    return tx.createQuery("select * from sales_order where id = :id and archived_at is not null")
        .bind("id", id.value())
        .map((row, context) -> Tombstone.of(row))
        .findOne();
  }

  /**
   * For whoever reads only what else belongs to an order.
   *
   * @throws ApplicationFailure {@link OrderWorkflow#ARCHIVED} where that is archived, not retryable
   */
  public void requireHere(Handle tx, OrderId id) {
    Optional<Tombstone> left = tombstone(tx, id);
    if (left.isPresent()) {
      throw left.get().refusal();
    }
  }

  /**
   * The order, locked until the transaction ends.
   *
   * <p><b>The order of locks</b>, so that no two transactions wait for each other: first the order;
   * then its operations; then the rows that belong to them, in every room. A transaction that locks
   * one operation and never the order need not begin with the order: the claim of a call, its
   * outcome, an effect in our own tables. Whoever needs two operations, or a key that is not taken
   * yet, locks the order.
   *
   * @throws ApplicationFailure {@link #NO_SUCH_ORDER}, or {@link OrderWorkflow#ARCHIVED}, not
   *     retryable
   */
  public StoredOrder lock(Handle tx, OrderId id) {
    return tx.createQuery("select * from sales_order where id = :id for no key update")
        .bind("id", id.value())
        .map((row, context) -> here(known(row)))
        .findOne()
        .orElseThrow(() -> missing(id));
  }

  /**
   * Whether the order is not paid any more: it was decided how it ends, money that came late pays
   * for it, or it is archived, and what was done under its keys is not here any more. Waits for
   * nobody.
   */
  boolean isBeyondPayment(Handle tx, OrderId id) {
    String sql =
        """
        select exists (
          select from sales_order
          where id = :id
            and (ending is not null or paid_by is not null or archived_at is not null))
        """;
    return tx.createQuery(sql).bind("id", id.value()).mapTo(Boolean.class).one();
  }

  /**
   * The goods are handed over: the order is {@code COMPLETED}. In the transaction that does so,
   * after {@link #lock}, and where the locked order has no {@link StoredOrder#objection}.
   * Idempotent.
   *
   * @throws IllegalStateException when the order is being taken back
   */
  public void complete(Handle tx, OrderId id) {
    String sql =
        """
        update sales_order
        set status = 'COMPLETED', completed_at = coalesce(completed_at, now()), updated_at = now()
        where id = :id and ending is null
        """;
    if (tx.createUpdate(sql).bind("id", id.value()).execute() == 0) {
      throw new IllegalStateException(id + " is being taken back and can't be completed");
    }
  }

  /** A payment of the order is disputed: goods that are not handed over yet are held back. */
  public void holdBack(Handle tx, OrderId id) {
    tx.createUpdate(
            "update sales_order set disputed_at = coalesce(disputed_at, now()) where id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** No payment of the order is disputed any more. */
  public void letGo(Handle tx, OrderId id) {
    tx.createUpdate("update sales_order set disputed_at = null where id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** Until when the completed order could be taken back; absent while it can be. */
  public Optional<Instant> refundWindowOver(Handle tx, OrderId id) {
    String sql =
        """
        select until
        from sales_order,
             lateral (select completed_at + refund_window_seconds * interval '1 second' as until) w
        where id = :id and until < now()
        """;
    return tx.createQuery(sql).bind("id", id.value()).mapTo(Instant.class).findOne();
  }

  /** The order is being taken back, to that ending. An ended order stays as it is. */
  void takeBack(Handle tx, OrderId id, OrderStatus ending, Reason reason) {
    String sql =
        """
        update sales_order
        set status = 'COMPENSATING', ending = :ending, reason_code = :code,
            reason_message = :message, updated_at = now()
        where id = :id and ended_at is null
        """;
    tx.createUpdate(sql)
        .bind("id", id.value())
        .bind("ending", ending.name())
        .bind("code", reason.code())
        .bind("message", reason.message())
        .execute();
  }

  /** Where the order stands meanwhile. An ended order stays as it is. */
  void stands(Handle tx, OrderId id, OrderStatus status) {
    String sql =
        """
        update sales_order set status = :status, updated_at = now()
        where id = :id and ended_at is null
        """;
    tx.createUpdate(sql).bind("id", id.value()).bind("status", status.name()).execute();
  }

  /** Everything is undone: the order has its ending. */
  void end(Handle tx, OrderId id) {
    String sql =
        """
        update sales_order set status = ending, ended_at = now(), updated_at = now()
        where id = :id and ended_at is null
        """;
    tx.createUpdate(sql).bind("id", id.value()).execute();
  }

  static ApplicationFailure missing(OrderId id) {
    return ApplicationFailure.newNonRetryableFailure(
        "there is no order " + id + " in the ledger", NO_SUCH_ORDER);
  }

  private static StoredOrder here(Known order) {
    if (order instanceof Tombstone left) {
      throw left.refusal();
    }
    return (StoredOrder) order;
  }

  private static Known known(ResultSet row) throws SQLException {
    return row.getTimestamp("archived_at") == null ? order(row) : Tombstone.of(row);
  }

  private static StoredOrder order(ResultSet row) throws SQLException {
    String code = row.getString("reason_code");
    String plan = row.getString("plan");
    return new StoredOrder(
        new OrderId(row.getString("id")),
        row.getString("fingerprint"),
        OrderStatus.valueOf(row.getString("status")),
        code == null
            ? Optional.empty()
            : Optional.of(new Reason(code, row.getString("reason_message"))),
        plan == null ? Optional.empty() : Optional.of(read(plan, OrderPlan.class)),
        read(row.getString("document"), OrderDocument.class),
        Optional.ofNullable(row.getString("ending")).map(OrderStatus::valueOf),
        row.getTimestamp("placed_at").toInstant(),
        instant(row, "completed_at"),
        instant(row, "ended_at"),
        instant(row, "disputed_at"),
        revival(row));
  }

  private static Optional<Revival> revival(ResultSet row) throws SQLException {
    String paidBy = row.getString("paid_by");
    return paidBy == null
        ? Optional.empty()
        : Optional.of(new Revival(row.getInt("generation"), StepKey.parse(paidBy)));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      // Without the cause, which quotes the text.
      throw new IllegalStateException("a stored " + type.getSimpleName() + " can't be read");
    }
  }
}
