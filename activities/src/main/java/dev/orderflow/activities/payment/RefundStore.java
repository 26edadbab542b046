package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Fingerprint;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentBalance.Part;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.StepKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The tables {@code refund} and {@code refund_line}; which count, {@link RefundCounter} says. */
final class RefundStore {
  private static final String SELECT =
      """
      select refund.*, operation.state, operation.seq, operation.forward_key
      from refund join operation on operation.key = refund.key
      """;

  /** Whose refund it is. Its operation has a row. */
  void insert(
      Handle tx, StepKey key, StepKey payment, Money amount, Optional<RefundRequest> request) {
    tx.createUpdate(
            """
            insert into refund
              (key, order_id, payment_key, currency, amount_minor, request_key, fingerprint, actor,
               role, reason)
            values
              (:key, :order, :payment, :currency, :amount, :request, :fingerprint, :actor, :role,
               :reason)
            on conflict (key) do nothing
            """)
        .bind("key", key.toString())
        .bind("order", key.order().value())
        .bind("payment", payment.toString())
        .bind("currency", amount.getCurrencyUnit().getCode())
        .bind("amount", amount.getAmountMinorLong())
        .bind("request", request.map(RefundRequest::key).orElse(null))
        .bind("fingerprint", request.map(RefundStore::fingerprint).orElse(null))
        .bind("actor", request.map(asked -> asked.decision().actor()).orElse(null))
        .bind("role", request.map(asked -> asked.decision().role().name()).orElse(null))
        .bind("reason", request.map(asked -> asked.decision().reason()).orElse(null))
        .execute();
  }

  /** By what two wishes are the same: who wishes, and why, is told anew each time. */
  static String fingerprint(RefundRequest request) {
    return Fingerprint.of(request.wanted());
  }

  /** What the refund is for. */
  void insertLines(Handle tx, StepKey key, List<Part> lines) {
    for (Part line : lines) {
      tx.createUpdate(
              """
              insert into refund_line (refund_key, number, quantity, amount_minor)
              values (:key, :number, :quantity, :amount)
              """)
          .bind("key", key.toString())
          .bind("number", line.number())
          .bind("quantity", line.quantity())
          .bind("amount", line.amount().getAmountMinorLong())
          .execute();
    }
  }

  /** A further refund for the wish of one that was refused: the same, under its own key. */
  void insertInsteadOf(Handle tx, StepKey refused, StepKey key) {
    tx.createUpdate(
            """
            insert into refund
              (key, order_id, payment_key, currency, amount_minor, request_key, fingerprint, actor,
               role, reason, instead_of)
            select :key, order_id, payment_key, currency, amount_minor, request_key, fingerprint,
                   actor, role, reason, key
            from refund where key = :refused
            """)
        .bind("key", key.toString())
        .bind("refused", refused.toString())
        .execute();
    tx.createUpdate(
            """
            insert into refund_line (refund_key, number, quantity, amount_minor)
            select :key, number, quantity, amount_minor from refund_line where refund_key = :refused
            """)
        .bind("key", key.toString())
        .bind("refused", refused.toString())
        .execute();
  }

  Optional<StepKey> insteadOf(Handle tx, StepKey refused) {
    return tx.createQuery("select key from refund where instead_of = :refused")
        .bind("refused", refused.toString())
        .mapTo(String.class)
        .findOne()
        .map(StepKey::parse);
  }

  /** The refund, or the last one that was made instead of it. */
  Optional<BookedRefund> newest(Handle tx, StepKey key) {
    StepKey newest = key;
    for (Optional<StepKey> next = insteadOf(tx, key); next.isPresent(); ) {
      newest = next.get();
      next = insteadOf(tx, newest);
    }
    return find(tx, newest);
  }

  Optional<BookedRefund> find(Handle tx, StepKey key) {
    return tx.createQuery(SELECT + "where refund.key = :key")
        .bind("key", key.toString())
        .map((row, context) -> refund(tx, row, context))
        .findOne();
  }

  /** The newest refund that was made for a wish. */
  Optional<BookedRefund> ofWish(Handle tx, OrderId order, String requestKey) {
    return tx.createQuery(
            SELECT
                + """
                where refund.order_id = :order and request_key = :request
                order by operation.n desc limit 1
                """)
        .bind("order", order.value())
        .bind("request", requestKey)
        .map((row, context) -> refund(tx, row, context))
        .findOne();
  }

  /** All of an order, oldest first. */
  List<BookedRefund> ofOrder(Handle tx, OrderId order) {
    return tx.createQuery(SELECT + "where refund.order_id = :order order by operation.seq")
        .bind("order", order.value())
        .map((row, context) -> refund(tx, row, context))
        .list();
  }

  /** The order's refund that the provider calls so. */
  Optional<StepKey> named(Handle tx, OrderId order, String reference) {
    return tx.createQuery(
            """
            select refund.key from refund join operation on operation.key = refund.key
            where refund.order_id = :order and operation.reference = :reference
            order by operation.seq limit 1
            """)
        .bind("order", order.value())
        .bind("reference", reference)
        .mapTo(String.class)
        .findOne()
        .map(StepKey::parse);
  }

  private static BookedRefund refund(Handle tx, ResultSet row, StatementContext context)
      throws SQLException {
    CurrencyUnit currency = CurrencyUnit.of(row.getString("currency"));
    String request = row.getString("request_key");
    StepKey key = StepKey.parse(row.getString("key"));
    return new BookedRefund(
        key,
        StepKey.parse(row.getString("payment_key")),
        Money.ofMinor(currency, row.getLong("amount_minor")),
        request == null
            ? Optional.empty()
            : Optional.of(
                new BookedRefund.Wish(
                    request, row.getString("fingerprint"), row.getString("reason"))),
        row.getTimestamp("counted_at") != null,
        row.getTimestamp("refused_at") != null,
        row.getTimestamp("given_up_at") != null,
        row.getTimestamp("failed_at") != null,
        Optional.ofNullable(row.getString("forward_key")).map(StepKey::parse),
        Operation.State.valueOf(row.getString("state")),
        lines(tx, key, currency));
  }

  private static List<Part> lines(Handle tx, StepKey key, CurrencyUnit currency) {
    return tx.createQuery("select * from refund_line where refund_key = :key order by number")
        .bind("key", key.toString())
        .map(
            (row, context) ->
                new Part(
                    row.getInt("number"),
                    row.getInt("quantity"),
                    Money.ofMinor(currency, row.getLong("amount_minor"))))
        .list();
  }
}
