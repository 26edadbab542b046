package dev.orderflow.activities.archive;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Finds the orders that nothing is to be expected of any more. */
final class EndedOrders {

  /** An order, and whether it is over. */
  record Candidate(String id, Instant placedAt, boolean over) {}

  /**
   * Orders that a provider told something of that is not delivered, by our reference or by its own;
   * and channels whose providers' reports are compared with the ledger: theirs must have been.
   */
  private static final String WITH =
      """
      with recursive undelivered (order_id) as (
        select merchant_reference from inbox
        where (state = 'PARKED' or due_at is not null) and state <> 'DELIVERED'
        union all
        select e.order_id
        from inbox i join provider_transaction t using (channel, reference)
        join operation e on e.key = t.key
        where (i.state = 'PARKED' or i.due_at is not null) and i.state <> 'DELIVERED'
      ), reconciled (channel) as (
        (select channel from settlement order by channel limit 1)
        union all
        select (select s.channel from settlement s where s.channel > r.channel
                order by s.channel limit 1)
        from reconciled r where r.channel is not null
      )
      """;

  private static final String OVER =
      """
      (o.ended_at is not null or o.status = 'COMPLETED')
      and o.updated_at < :before and o.disputed_at is null
      and (o.completed_at is null or o.ended_at is not null
           or o.completed_at + o.refund_window_seconds * interval '1 second' < now())
      and not exists (
        select from operation e where e.order_id = o.id
          and (e.state in ('PENDING', 'UNKNOWN') or e.updated_at >= :before
               or (e.state = 'NOT_EXECUTED' and e.closed_at is null)))
      and not exists (
        select from operation e join discrepancy d on d.key = e.key where e.order_id = o.id)
      and not exists (
        select from order_review r where r.order_id = o.id and r.decided_at is null)
      and not exists (
        select from dispute d where d.order_id = o.id
          and (d.state = 'OPEN' or d.closed_at >= :before))
      and not exists (
        select from settlement_difference d
        where d.order_id = o.id and d.state in ('OPEN', 'SIGNALLED'))
      and not exists (select from undelivered u where u.order_id = o.id)
      and not exists (
        select from operation e join provider_transaction t on t.key = e.key
        where e.order_id = o.id and e.state = 'SUCCEEDED'
          and t.kind not in ('AUTHORIZATION', 'VOID')
          and t.channel in (select channel from reconciled)
          and not exists (
            select from settlement s
            where s.channel = t.channel and s.reference = t.reference))
      """;

  /** The next ones by age, behind that one. */
  List<Candidate> page(Handle tx, Instant before, Optional<Candidate> behind, int most) {
    String sql =
        WITH
            + "select o.id, o.placed_at, "
            + OVER
            + """
             as over
            from (
              select * from sales_order
              where archived_in is null and placed_at < :before and (placed_at, id) > (:at, :id)
              order by placed_at, id limit :most) o
            order by o.placed_at, o.id
            """;
    return tx.createQuery(sql)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("at", behind.map(Candidate::placedAt).orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC))
        .bind("id", behind.map(Candidate::id).orElse(""))
        .bind("most", most)
        .map(
            (row, context) ->
                new Candidate(
                    row.getString("id"),
                    row.getTimestamp("placed_at").toInstant(),
                    row.getBoolean("over")))
        .list();
  }

  /** Which of these are over, now. */
  Set<String> over(Handle tx, Instant before, List<String> ids) {
    return tx.createQuery(
            WITH
                + "select o.id from sales_order o where o.archived_in is null and o.id = any(:ids) and "
                + OVER)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bindArray("ids", String.class, ids)
        .mapTo(String.class)
        .set();
  }
}
