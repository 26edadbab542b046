package dev.orderflow.activities.archive;

import dev.orderflow.activities.audit.Disagreements;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Finds the orders of which nothing is to be expected any more. */
final class EndedOrders {

  /** An order that may be over. */
  record Candidate(String id, Instant placedAt) {}

  private static final String PAGE =
      """
      select id, placed_at from sales_order
      where archived_at is null and placed_at < :before and (placed_at, id) > (:at, :id)
      order by placed_at, id limit :most
      """;

  /**
   * First the orders that a provider told something of that may not be looked into yet: also what
   * was delivered lately, because an order looks after it was told. An hour is longer than that
   * takes where all is well.
   */
  private static final String OVER =
      """
      with told as (
        select channel, reference, merchant_reference from inbox
        where (state = 'PARKED' or due_at is not null) and state <> 'DELIVERED'
        union all
        select channel, reference, order_id from inbox
        where state = 'DELIVERED' and delivered_at > now() - interval '1 hour'
      ), about (order_id) as materialized (
        select merchant_reference from told
        union all
        select e.order_id
        from told
        cross join lateral (
          select key from provider_transaction t
          where t.channel = told.channel and t.reference = told.reference offset 0) t
        join operation e on e.key = t.key
      )
      select o.id from sales_order o
      where o.id = any(:ids) and o.archived_at is null
        and (o.ended_at is not null or o.status = 'COMPLETED')
        and o.updated_at < :before and o.disputed_at is null
        and (o.completed_at is null or o.ended_at is not null
             or o.completed_at + o.refund_window_seconds * interval '1 second' < now())
        and not exists (
          select from operation e where e.order_id = o.id
            and (e.state in ('PENDING', 'UNKNOWN') or e.updated_at >= :before
                 or (e.state = 'NOT_EXECUTED' and e.closed_at is null)))
        -- The last thing that an order owes, whose run may have been ended before it.
        and (o.completed_at is null or exists (
          select from operation e where e.order_id = o.id and e.state in ('SUCCEEDED', 'DECLINED')
            and e.step = case when o.status = 'REFUNDED' then 'CORRECT' else 'CONFIRM' end))
        and (o.status <> 'COMPLETED' or o.plan -> 'reward' is null or exists (
          select from operation e where e.order_id = o.id and e.step = 'GRANT'
            and e.state in ('SUCCEEDED', 'DECLINED')))
        and not exists (
          select from message m where m.order_id = o.id
            and m.state not in ('SUCCEEDED', 'DECLINED'))
        and not exists (
          select from reservation r where r.order_id = o.id and r.state = 'RESERVED')
        and not exists (select from coupon_use c where c.order_id = o.id and c.state = 'HELD')
        and not exists (
          select from operation e join discrepancy d on d.key = e.key where e.order_id = o.id)
        and not exists (
          select from order_review r where r.order_id = o.id
            and (r.decided_at is null or r.decided_at >= :before))
        and not exists (
          select from order_decision d where d.order_id = o.id and d.made_at >= :before)
        and not exists (
          select from dispute d where d.order_id = o.id
            and (d.state = 'OPEN' or d.closed_at >= :before))
        and not exists (
          select from settlement_difference d
          where d.order_id = o.id and d.state in ('OPEN', 'SIGNALLED'))
        and not exists (select from about a where a.order_id = o.id)
      order by o.placed_at, o.id
      """;

  private final Disagreements disagreements = new Disagreements();

  /** The next ones by age, behind that one. */
  List<Candidate> page(Handle tx, Instant before, Optional<Candidate> behind, int most) {
    return tx.createQuery(PAGE)
        .bind("before", before.atOffset(ZoneOffset.UTC))
        .bind("at", behind.map(Candidate::placedAt).orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC))
        .bind("id", behind.map(Candidate::id).orElse(""))
        .bind("most", most)
        .map(
            (row, context) ->
                new Candidate(row.getString("id"), row.getTimestamp("placed_at").toInstant()))
        .list();
  }

  /**
   * Locks those of them that are still there until the transaction ends, so that nobody changes
   * them or refers to what is theirs. An order is left out where others have locked it, or an
   * effect of it.
   */
  List<String> lock(Handle tx, List<String> ids) {
    List<String> orders =
        strings(
            tx,
            """
            select id from sales_order where id = any(:ids) and archived_at is null
            order by placed_at, id for update skip locked
            """,
            ids);
    // Their effects, too: what differs by a report refers to the effect alone.
    List<String> effects =
        strings(
            tx,
            """
            select key from operation where order_id = any(:ids)
            order by order_id, seq for update skip locked
            """,
            orders);
    Set<String> busy =
        tx.createQuery(
                """
                select order_id from operation
                where order_id = any(:ids) and not key = any(:effects)
                """)
            .bindArray("ids", String.class, orders)
            .bindArray("effects", String.class, effects)
            .mapTo(String.class)
            .set();
    return orders.stream().filter(id -> !busy.contains(id)).toList();
  }

  private static List<String> strings(Handle tx, String sql, List<String> ids) {
    return tx.createQuery(sql).bindArray("ids", String.class, ids).mapTo(String.class).list();
  }

  /** Which of these are over, were not touched since then, and are found nothing wrong with. */
  List<String> over(Handle tx, Instant before, List<String> ids) {
    List<String> over =
        tx.createQuery(OVER)
            .bind("before", before.atOffset(ZoneOffset.UTC))
            .bindArray("ids", String.class, ids)
            .mapTo(String.class)
            .list();
    Set<String> disagree = over.isEmpty() ? Set.of() : disagreements.among(tx, over);
    return over.stream().filter(id -> !disagree.contains(id)).toList();
  }
}
