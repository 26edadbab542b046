package dev.orderflow.activities.payment;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What providers did of their own: their transactions of operations of such steps, and the counter
 * {@code payment.returned_minor} that they add up to.
 */
final class MovementStore {
  /**
   * What a transaction belongs to.
   *
   * @param operation absent of an order that is archived
   */
  record Owner(OrderId order, Optional<StepKey> operation) {
    static Owner of(StepKey operation) {
      return new Owner(operation.order(), Optional.of(operation));
    }
  }

  /** What each of the provider's transactions belongs to; absent where to nothing. */
  Map<String, Owner> owners(Handle tx, String channel, Collection<String> references) {
    if (references.isEmpty()) {
      return Map.of();
    }
    return tx
        .createQuery(
            """
            select reference, key, null as archived from provider_transaction
            where channel = :channel and reference in (<references>)
            union all
            select reference, null, order_id from archived_transaction
            where channel = :channel and reference in (<references>)
            """)
        .bind("channel", channel)
        .bindList("references", List.copyOf(references))
        .map((row, context) -> Map.entry(row.getString("reference"), owner(row)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (here, left) -> here));
  }

  private static Owner owner(ResultSet row) throws SQLException {
    String archived = row.getString("archived");
    return archived == null
        ? Owner.of(StepKey.parse(row.getString("key")))
        : new Owner(new OrderId(archived), Optional.empty());
  }

  /** All of an order, oldest first. */
  List<PaymentBalance.Movement> ofOrder(Handle tx, OrderId order) {
    return tx.createQuery(
            """
            select o.key, o.reason_code, o.reason_message, o.created_at, t.reference, t.currency,
                   t.amount_minor
            from operation o join provider_transaction t on t.key = o.key
            where o.order_id = :order
              and o.step in ('REPORTED_REFUND', 'REFUND_FAILED', 'CHARGEBACK',
                             'CHARGEBACK_REVERSED')
            order by o.seq
            """)
        .bind("order", order.value())
        .map(
            (row, context) ->
                new PaymentBalance.Movement(
                    StepKey.parse(row.getString("key")),
                    row.getString("reference"),
                    Money.ofMinor(
                        CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")),
                    row.getString("reason_code") == null
                        ? Optional.empty()
                        : Optional.of(
                            new Reason(
                                row.getString("reason_code"), row.getString("reason_message"))),
                    row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /** How much an operation moved; empty where the provider has reported nothing of it. */
  Optional<Money> amount(Handle tx, StepKey key) {
    return tx.createQuery(
            """
            select currency, amount_minor from provider_transaction
            where key = :key order by reported_at desc limit 1
            """)
        .bind("key", key.toString())
        .map(
            (row, context) ->
                Money.ofMinor(
                    CurrencyUnit.of(row.getString("currency")), row.getLong("amount_minor")))
        .findOne();
  }

  /** The refund whose coming back the operation is. */
  Optional<StepKey> failed(Handle tx, StepKey refundFailed) {
    return tx.createQuery(
            """
            select made.key
            from provider_transaction back
            join provider_transaction made
              on made.channel = back.channel and made.reference = back.parent
            where back.key = :key
            """)
        .bind("key", refundFailed.toString())
        .mapTo(String.class)
        .findOne()
        .map(StepKey::parse);
  }

  /** A refund that was made at the provider is one of ours after all; false where it is not. */
  boolean takeOver(Handle tx, String channel, String reference, StepKey refund) {
    return tx.createUpdate(
                """
                update provider_transaction t set key = :refund
                from operation o
                where t.channel = :channel and t.reference = :reference and o.key = t.key
                  and o.step = 'REPORTED_REFUND' and o.order_id = :order
                """)
            .bind("refund", refund.toString())
            .bind("channel", channel)
            .bind("reference", reference)
            .bind("order", refund.order().value())
            .execute()
        == 1;
  }

  /**
   * Adds up anew what went back of a payment without our asking. What is in another currency does
   * not count, nor is it ever less than nothing.
   */
  void recount(Handle tx, BookedPayment payment) {
    tx.createUpdate(
            """
            update payment p set returned_minor = greatest(0, coalesce((
              select sum(case
                       when o.step in ('REPORTED_REFUND', 'CHARGEBACK') then t.amount_minor
                       when o.step = 'CHARGEBACK_REVERSED' then -t.amount_minor
                       when made.step = 'REPORTED_REFUND' then -t.amount_minor
                       else 0 end)
              from operation o
              join provider_transaction t on t.key = o.key
              left join provider_transaction m
                on m.channel = t.channel and m.reference = t.parent and o.step = 'REFUND_FAILED'
              left join operation made on made.key = m.key
              where o.order_id = p.order_id and o.forward_key = :forward
                and o.step in ('REPORTED_REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSED',
                               'REFUND_FAILED')
                and t.channel = p.channel and t.currency = p.currency), 0))
            where p.key = :payment
            """)
        .bind("forward", payment.forward().toString())
        .bind("payment", payment.key().toString())
        .execute();
  }

  /**
   * Whether the bank took back money of the order, or may still do so: each payment and currency
   * for itself. What comes back of a dispute that is won, decides it, even if it is a part.
   */
  boolean isDisputed(Handle tx, OrderId order) {
    return tx.createQuery(
            """
            select exists (select from dispute where order_id = :order and state <> 'WON')
                or exists (
                  select from operation o join provider_transaction t on t.key = o.key
                  where o.order_id = :order
                    and o.step in ('CHARGEBACK', 'CHARGEBACK_REVERSED')
                  group by o.forward_key, t.currency
                  having sum(case o.step when 'CHARGEBACK' then t.amount_minor
                                         else -t.amount_minor end) > 0
                    and not (
                      (array_agg(o.step order by o.seq desc))[1] = 'CHARGEBACK_REVERSED'
                      and exists (
                        select from dispute d join payment p on p.key = d.payment_key
                        where o.forward_key in (p.key, p.capture_key) and d.state = 'WON'
                          and d.currency = t.currency)))
            """)
        .bind("order", order.value())
        .mapTo(Boolean.class)
        .one();
  }
}
