package dev.orderflow.activities.ledger;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code operation}, but for what only {@link Claims} write. */
final class Operations {

  /** A row with what only claims need of it. */
  record Row(
      Operation operation,
      int claim,
      Optional<Instant> leaseUntil,
      Optional<Instant> firstSentAt,
      Optional<Instant> lastSentAt,
      Instant now) {}

  /** The row of a new effect within this database; false when the key has a row. */
  boolean insertSucceeded(Handle tx, StepKey key, String fingerprint, Optional<StepKey> forward) {
    String sql =
        """
        insert into operation (key, order_id, step, n, state, fingerprint, forward_key)
        values (:key, :order, :step, :n, 'SUCCEEDED', :fingerprint, :forward)
        on conflict do nothing
        """;
    return named(tx.createUpdate(sql), key)
            .bind("fingerprint", fingerprint)
            .bind("forward", forward.map(StepKey::toString).orElse(null))
            .execute()
        == 1;
  }

  /** The tombstone of an effect without a row. Does nothing when there is one. */
  void insertFenced(Handle tx, StepKey key, Reason reason) {
    String sql =
        """
        insert into operation
          (key, order_id, step, n, state, reason_code, reason_message, closed_at)
        values (:key, :order, :step, :n, 'FENCED', :code, :message, now())
        on conflict do nothing
        """;
    named(tx.createUpdate(sql), key)
        .bind("code", reason.code())
        .bind("message", reason.message())
        .execute();
  }

  /** The row of an undo that is not to be; false when the key has a row. */
  boolean insertGivenUp(Handle tx, StepKey key, StepKey forward, Reason reason) {
    String sql =
        """
        insert into operation
          (key, order_id, step, n, state, reason_code, reason_message, forward_key, closed_at)
        values (:key, :order, :step, :n, 'FENCED', :code, :message, :forward, now())
        on conflict do nothing
        """;
    return named(tx.createUpdate(sql), key)
            .bind("code", reason.code())
            .bind("message", reason.message())
            .bind("forward", forward.toString())
            .execute()
        == 1;
  }

  /** The row of an effect that is refused before it was tried. Does nothing when there is one. */
  void insertDeclined(Handle tx, StepKey key, Reason reason) {
    String sql =
        """
        insert into operation
          (key, order_id, step, n, state, reason_code, reason_message, closed_at)
        values (:key, :order, :step, :n, 'DECLINED', :code, :message, now())
        on conflict do nothing
        """;
    named(tx.createUpdate(sql), key)
        .bind("code", reason.code())
        .bind("message", reason.message())
        .execute();
  }

  /** The row of a call that is refused before it was made; false when the key has a row. */
  boolean insertRefused(Handle tx, StepKey key, Payload asked, Reason reason) {
    String sql =
        """
        insert into operation
          (key, order_id, step, n, state, fingerprint, forward_key, reason_code, reason_message)
        values (:key, :order, :step, :n, 'DECLINED', :fingerprint, :forward, :code, :message)
        on conflict do nothing
        """;
    return named(tx.createUpdate(sql), key)
            .bind("fingerprint", asked.fingerprint())
            .bind("forward", asked.forward().map(StepKey::toString).orElse(null))
            .bind("code", reason.code())
            .bind("message", reason.message())
            .execute()
        == 1;
  }

  /** The row of an effect that was done by other means; false when the key has a row. */
  boolean insertAccepted(Handle tx, StepKey key, Optional<StepKey> forward) {
    String sql =
        """
        insert into operation (key, order_id, step, n, state, forward_key)
        values (:key, :order, :step, :n, 'SUCCEEDED', :forward)
        on conflict do nothing
        """;
    return named(tx.createUpdate(sql), key)
            .bind("forward", forward.map(StepKey::toString).orElse(null))
            .execute()
        == 1;
  }

  /** The row of a call that is decided and may be claimed; false when the key has a row. */
  boolean insertIntended(Handle tx, StepKey key, Payload asked, Reason reason) {
    String sql =
        """
        insert into operation
          (key, order_id, step, n, state, fingerprint, forward_key, reason_code, reason_message)
        values (:key, :order, :step, :n, 'NOT_EXECUTED', :fingerprint, :forward, :code, :message)
        on conflict do nothing
        """;
    return named(tx.createUpdate(sql), key)
            .bind("fingerprint", asked.fingerprint())
            .bind("forward", asked.forward().map(StepKey::toString).orElse(null))
            .bind("code", reason.code())
            .bind("message", reason.message())
            .execute()
        == 1;
  }

  /** The row of the key, locked until the transaction ends. */
  Row locked(Handle tx, StepKey key) {
    return tx.createQuery(
            "select *, clock_timestamp() as now from operation where key = :key for update")
        .bind("key", key.toString())
        .map(Operations::row)
        .findOne()
        .orElseThrow(() -> new IllegalStateException("no operation " + key));
  }

  Optional<Operation> find(Handle tx, StepKey key) {
    return tx.createQuery("select * from operation where key = :key")
        .bind("key", key.toString())
        .map(Operations::operation)
        .findOne();
  }

  /** The greatest n of the order's keys of that step; 0 where there is none. */
  int lastOf(Handle tx, OrderId order, Step step) {
    return tx.createQuery(
            """
            select coalesce(max(n), 0) from operation where order_id = :order and step = :step
            """)
        .bind("order", order.value())
        .bind("step", step.name())
        .mapTo(Integer.class)
        .one();
  }

  List<Operation> ofOrder(Handle tx, OrderId order) {
    return tx.createQuery("select * from operation where order_id = :order order by seq")
        .bind("order", order.value())
        .map(Operations::operation)
        .list();
  }

  /** Writes what became of an effect, whoever holds the claim. */
  void write(Handle tx, StepKey key, Outcome outcome) {
    String sql =
        """
        update operation
        set state = :state, reference = coalesce(:reference, reference), reason_code = :code,
            reason_message = :message, lease_until = null, updated_at = clock_timestamp()
        where key = :key
        """;
    outcome(tx.createUpdate(sql), outcome).bind("key", key.toString()).execute();
  }

  /** No further forward attempt for what is in doubt; a tombstone for what certainly was not. */
  void close(Handle tx, Collection<StepKey> keys) {
    if (keys.isEmpty()) {
      return;
    }
    String sql =
        """
        update operation
        set state = case state when 'NOT_EXECUTED' then 'FENCED' else state end,
            closed_at = clock_timestamp(), updated_at = clock_timestamp()
        where key in (<keys>)
          and (state = 'NOT_EXECUTED' or (closed_at is null and state in ('PENDING', 'UNKNOWN')))
        """;
    tx.createUpdate(sql)
        .bindList("keys", keys.stream().map(StepKey::toString).sorted().toList())
        .execute();
  }

  static <S extends SqlStatement<S>> S named(S statement, StepKey key) {
    return statement
        .bind("key", key.toString())
        .bind("order", key.order().value())
        .bind("step", key.step().name())
        .bind("n", key.n());
  }

  static <S extends SqlStatement<S>> S outcome(S statement, Outcome outcome) {
    return statement
        .bind("state", outcome.state().name())
        .bind("reference", outcome.reference().orElse(null))
        .bind("code", outcome.reason().map(Reason::code).orElse(null))
        .bind("message", outcome.reason().map(Reason::message).orElse(null));
  }

  private static Row row(ResultSet row, StatementContext context) throws SQLException {
    return new Row(
        operation(row, context),
        row.getInt("claim"),
        instant(row, "lease_until"),
        instant(row, "first_sent_at"),
        instant(row, "last_sent_at"),
        row.getTimestamp("now").toInstant());
  }

  private static Operation operation(ResultSet row, StatementContext context) throws SQLException {
    String code = row.getString("reason_code");
    return new Operation(
        new StepKey(
            new OrderId(row.getString("order_id")),
            Step.valueOf(row.getString("step")),
            row.getInt("n")),
        row.getLong("seq"),
        Operation.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("fingerprint")),
        Optional.ofNullable(row.getString("reference")),
        code == null
            ? Optional.empty()
            : Optional.of(new Reason(code, row.getString("reason_message"))),
        Optional.ofNullable(row.getString("forward_key")).map(StepKey::parse),
        row.getTimestamp("closed_at") != null,
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }
}
