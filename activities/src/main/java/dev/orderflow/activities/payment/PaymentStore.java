package dev.orderflow.activities.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.StepKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The tables {@code payment} and {@code provider_transaction}. */
final class PaymentStore {
  private static final String SELECT =
      "select payment.*, " + DisputeStore.STANDS_AGAINST_PAYMENT + " as disputed from payment ";

  /** The operation that a transaction belongs to, or the archived order, which is no operation. */
  private static final String REPORTED_UNDER =
      """
      coalesce(
        (select key from provider_transaction
         where channel = :channel and reference = :reference),
        (select order_id from archived_transaction
         where channel = :channel and reference = :reference))
      """;

  /** Does nothing when it is there already. */
  void insert(Handle tx, StepKey key, String channel, Money amount) {
    tx.createUpdate(
            """
            insert into payment (key, order_id, channel, currency, amount_minor)
            values (:key, :order, :channel, :currency, :amount)
            on conflict do nothing
            """)
        .bind("key", key.toString())
        .bind("order", key.order().value())
        .bind("channel", channel)
        .bind("currency", amount.getCurrencyUnit().getCode())
        .bind("amount", amount.getAmountMinorLong())
        .execute();
  }

  /** Remembers which capture takes the authorized amount. */
  void attachCapture(Handle tx, StepKey authorization, StepKey capture) {
    tx.createUpdate("update payment set capture_key = :capture where key = :key")
        .bind("capture", capture.toString())
        .bind("key", authorization.toString())
        .execute();
  }

  /** The payment that a charge, authorization or capture made or tried to make. */
  Optional<BookedPayment> find(Handle tx, StepKey forward) {
    return tx.createQuery(SELECT + "where key = :key or capture_key = :key")
        .bind("key", forward.toString())
        .map(PaymentStore::payment)
        .findOne();
  }

  /**
   * What the customer has to do; the latest one that the provider told. The order awaits its
   * payment, unless somebody takes it back just now.
   */
  void enterNextAction(Handle tx, StepKey key, NextAction nextAction) {
    tx.createUpdate(
            """
            with told as (
              update payment set next_action = cast(:action as jsonb) where key = :key
            ), standing as (
              select id from sales_order where id = :order and status = 'PLACED'
              -- Whoever holds it decides where it stands; and nobody waits for each other.
              for update skip locked
            )
            update sales_order set status = 'AWAITING_PAYMENT', updated_at = now()
            where id in (select id from standing)
            """)
        .bind("action", Json.text(nextAction))
        .bind("key", key.toString())
        .bind("order", key.order().value())
        .execute();
  }

  /** What the customer has to do, as it was last told. */
  Optional<NextAction> nextAction(Handle tx, StepKey key) {
    return tx.createQuery(
            "select next_action from payment where key = :key and next_action is not null")
        .bind("key", key.toString())
        .mapTo(String.class)
        .findOne()
        .map(PaymentStore::nextAction);
  }

  private static NextAction nextAction(String text) {
    try {
      return Json.MAPPER.readValue(text, NextAction.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a next action that can't be read", e);
    }
  }

  /** What the provider took, where the ledger says so too. */
  void enterCaptured(Handle tx, StepKey forward, Money amount) {
    tx.createUpdate(
            """
            update payment set captured_minor = :amount
            where (key = :key or capture_key = :key) and currency = :currency
              and exists (select from operation where key = :key and state = 'SUCCEEDED')
            """)
        .bind("key", forward.toString())
        .bind("amount", amount.getAmountMinorLong())
        .bind("currency", amount.getCurrencyUnit().getCode())
        .execute();
  }

  /** All payments of an order, oldest first. */
  List<BookedPayment> ofOrder(Handle tx, OrderId order) {
    return tx.createQuery(SELECT + "where order_id = :order order by created_at, key")
        .bind("order", order.value())
        .map(PaymentStore::payment)
        .list();
  }

  /**
   * The channel that took what the order is paid with: late money that revived it, or else what was
   * taken first. Where nothing was, the one that was asked last.
   */
  Optional<String> paidBy(Handle tx, OrderId order) {
    String sql =
        """
        select p.channel
        from payment p join sales_order s on s.id = p.order_id join operation o on o.key = p.key
        where p.order_id = :order and (o.step <> 'RECEIVE' or p.key = s.paid_by)
        order by p.key is not distinct from s.paid_by desc,
          case when p.captured_minor > 0 then o.seq end nulls last, o.seq desc
        limit 1
        """;
    return tx.createQuery(sql).bind("order", order.value()).mapTo(String.class).findOne();
  }

  /**
   * Writes down what a provider reports; again is fine.
   *
   * @return false when the transaction belongs to another operation, or to an archived order
   */
  boolean insertReport(Handle tx, String channel, StepKey key, ProviderTransaction reported) {
    String sql =
        """
        with reported as (
          insert into provider_transaction
            (channel, reference, key, kind, currency, amount_minor, merchant_reference, parent)
          select :channel, :reference, :key, :kind, :currency, :amount, :merchant, :parent
          -- Of an archived order it is still that order's.
          where not exists (select from archived_transaction
                            where channel = :channel and reference = :reference)
          on conflict do nothing
          returning key
        )
        select coalesce((select key from reported), %s)
        """
            .formatted(REPORTED_UNDER);
    return tx.createQuery(sql)
        .bind("channel", channel)
        .bind("reference", reported.reference())
        .bind("key", key.toString())
        .bind("kind", reported.kind().name())
        .bind("currency", reported.amount().getCurrencyUnit().getCode())
        .bind("amount", reported.amount().getAmountMinorLong())
        .bind("merchant", reported.merchantReference())
        .bind("parent", reported.parent().orElse(null))
        .mapTo(String.class)
        .findOne()
        // One that was committed while the statement waited for it is seen by the next statement.
        .orElseGet(() -> reportedUnder(tx, channel, reported.reference()))
        .equals(key.toString());
  }

  /** What was said of a transaction that was pending is no longer so. */
  void correctReport(Handle tx, String channel, ProviderTransaction reported) {
    tx.createUpdate(
            """
            update provider_transaction set currency = :currency, amount_minor = :amount
            where channel = :channel and reference = :reference
            """)
        .bind("channel", channel)
        .bind("reference", reported.reference())
        .bind("currency", reported.amount().getCurrencyUnit().getCode())
        .bind("amount", reported.amount().getAmountMinorLong())
        .execute();
  }

  /** Whether what was captured of an authorization came otherwise than asked, and is booked so. */
  boolean isReceived(Handle tx, BookedPayment payment, String authorization) {
    return tx.createQuery(
            """
            select exists (
              select from provider_transaction t join operation o on o.reference = t.reference
              where t.channel = :channel and t.parent = :authorization and t.kind = 'CAPTURE'
                and o.order_id = :order and o.step = 'RECEIVE' and o.state = 'SUCCEEDED')
            """)
        .bind("channel", payment.channel())
        .bind("authorization", authorization)
        .bind("order", payment.orderId().value())
        .mapTo(Boolean.class)
        .one();
  }

  private static String reportedUnder(Handle tx, String channel, String reference) {
    return tx.createQuery("select " + REPORTED_UNDER)
        .bind("channel", channel)
        .bind("reference", reference)
        .mapTo(String.class)
        .one();
  }

  private static BookedPayment payment(ResultSet row, StatementContext context)
      throws SQLException {
    CurrencyUnit currency = CurrencyUnit.of(row.getString("currency"));
    return new BookedPayment(
        StepKey.parse(row.getString("key")),
        new OrderId(row.getString("order_id")),
        row.getString("channel"),
        Money.ofMinor(currency, row.getLong("amount_minor")),
        Optional.ofNullable(row.getString("capture_key")).map(StepKey::parse),
        Money.ofMinor(currency, row.getLong("captured_minor")),
        Money.ofMinor(currency, row.getLong("refunded_minor")),
        Money.ofMinor(currency, row.getLong("returned_minor")),
        row.getBoolean("disputed"));
  }
}
