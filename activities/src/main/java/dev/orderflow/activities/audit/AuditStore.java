package dev.orderflow.activities.audit;

import dev.orderflow.activities.audit.Audit.Finding;
import dev.orderflow.activities.audit.Audit.Kind;
import dev.orderflow.activities.audit.Audit.Moved;
import dev.orderflow.activities.audit.Audit.Sum;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads what the audit compares; changes nothing. */
final class AuditStore {

  /** Longer than a worker's statements may take. Counters are compared in one, at one moment. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** The orders of a page, by id. */
  record Page(
      Optional<String> last,
      long orders,
      long archived,
      Map<Moved, Sum> money,
      List<Finding> findings) {}

  /** That they are few the server has to be told before it has seen the values. */
  private static String ids(int most) {
    return """
    with page as materialized (
      select id, status, total, archived_at from sales_order where id > :behind and id <= :last limit %d)
    """
        .formatted(most);
  }

  private record Extent(Optional<String> last, long orders, long archived) {}

  Page page(Handle tx, String behind, int most) {
    // What is read of an order is of one moment.
    tx.execute("set transaction isolation level repeatable read, read only");
    takeTime(tx);
    Extent extent =
        tx.createQuery(
                """
                select max(id) as last, count(*) as orders, count(archived_at) as archived
                from (select id, archived_at from sales_order where id > :behind
                      order by id limit :most) page
                """)
            .bind("behind", behind)
            .bind("most", most)
            .map(
                (row, context) ->
                    new Extent(
                        Optional.ofNullable(row.getString("last")),
                        row.getLong("orders"),
                        row.getLong("archived")))
            .one();
    if (extent.last().isEmpty()) {
      return new Page(Optional.empty(), 0, 0, Map.of(), List.of());
    }
    String last = extent.last().get();
    return new Page(
        extent.last(),
        extent.orders(),
        extent.archived(),
        money(tx, ids(most), behind, last),
        findings(tx, ids(most), behind, last));
  }

  private static Map<Moved, Sum> money(Handle tx, String ids, String behind, String last) {
    String sql =
        ids
            + """
            select channel, kind, currency, count(*) as transactions, sum(amount_minor) as minor
            from (
              select t.channel, t.kind, t.currency, t.amount_minor
              from page
              cross join lateral (select * from operation where order_id = page.id offset 0) o
              cross join lateral
                (select * from provider_transaction where key = o.key offset 0) t
              where o.state = 'SUCCEEDED' or exists (
                select from operation b where b.order_id = o.order_id and b.state = 'SUCCEEDED'
                  and b.reference = t.reference)
              union all
              select a.channel, a.kind, a.currency, a.amount_minor
              from page
              cross join lateral
                (select * from archived_transaction where order_id = page.id offset 0) a
              where page.archived_at is not null and a.booked) moved
            group by channel, kind, currency
            """;
    return tx
        .createQuery(sql)
        .bind("behind", behind)
        .bind("last", last)
        .map((row, context) -> sum(row))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Map.Entry<Moved, Sum> sum(ResultSet row) throws SQLException {
    return Map.entry(
        new Moved(row.getString("channel"), row.getString("kind"), row.getString("currency")),
        new Sum(row.getLong("transactions"), row.getBigDecimal("minor")));
  }

  /** Of payments, and of what they come to for their order; what is on its way is left out. */
  private static List<Finding> findings(Handle tx, String ids, String behind, String last) {
    String sql =
        ids
            + """
            , settled as (
              select page.* from page
              where page.archived_at is null and not exists (
                select from operation o where o.order_id = page.id
                  and (o.state in ('PENDING', 'UNKNOWN')
                       or (o.state = 'NOT_EXECUTED' and o.closed_at is null)))
            ), paid as (
              select p.*,
                (select coalesce(sum(r.amount_minor), 0) from refund r
                 where r.payment_key = p.key and r.counted_at is not null
                   and r.refused_at is null and r.failed_at is null) as counted,
                exists (select from refund r
                        where r.payment_key = p.key and r.given_up_at is not null
                        -- Looked for, not hashed: all refunds there are would be more.
                        offset 0) as given_up,
                exists (
                  select from operation o join provider_transaction t
                    on t.channel = p.channel and t.reference = o.reference
                  where o.key = coalesce(p.capture_key, p.key) and t.currency = p.currency
                    and t.amount_minor = p.captured_minor) as seen
              from settled join payment p on p.order_id = settled.id
            ), orders as (
              select s.id, s.status, s.total, count(p.key) as payments,
                coalesce(sum(p.captured_minor), 0) as captured,
                coalesce(sum(p.captured_minor - p.refunded_minor - p.returned_minor), 0) as kept,
                coalesce(bool_or(p.given_up), false) as given_up
              from settled s left join paid p on p.order_id = s.id
              group by s.id, s.status, s.total
            )
            select key as subject, 'CAPTURED_UNSEEN' as kind from paid
            where captured_minor > 0 and not seen
            union all
            select key, 'REFUNDS_DISAGREE' from paid where refunded_minor <> counted
            union all
            select key, 'GAVE_BACK_TOO_MUCH' from paid
            where refunded_minor + returned_minor > captured_minor
            union all
            select id, 'PAID_TWICE' from orders
            where status = 'COMPLETED' and payments > 1 and kept > total
            union all
            select id, 'KEPT' from orders
            where status in ('REJECTED', 'DECLINED', 'FAILED', 'CANCELLED', 'REFUNDED')
              and kept > 0 and not given_up
            union all
            select id, 'NOT_PAID' from orders
            where status = 'COMPLETED' and total > 0 and captured = 0 and not exists (
              select from operation o where o.order_id = id and o.state = 'SUCCEEDED'
                and o.step in ('CHARGE', 'CAPTURE') and o.fingerprint is null)
            order by 1
            """;
    return tx.createQuery(sql)
        .bind("behind", behind)
        .bind("last", last)
        .map((row, context) -> finding(row))
        .list();
  }

  private static Finding finding(ResultSet row) throws SQLException {
    return new Finding(row.getString("subject"), Kind.valueOf(row.getString("kind")));
  }

  /** Reads every reservation and every use of a coupon. */
  List<Finding> counters(Handle tx) {
    takeTime(tx);
    return tx.createQuery(
            """
            select s.article as subject, 'RESERVED_WRONGLY' as kind
            from stock s left join (
              select article, sum(quantity) as quantity from reservation
              where state = 'RESERVED' group by article) r using (article)
            where s.reserved <> coalesce(r.quantity, 0)
            union all
            select c.code, 'COUPON_USES_DISAGREE'
            from coupon c left join (
              select code, count(*) as uses from coupon_use
              where state in ('HELD', 'REDEEMED') group by code) u using (code)
            where c.uses_taken <> c.uses_archived + coalesce(u.uses, 0)
            order by 2, 1
            """)
        .map((row, context) -> finding(row))
        .list();
  }

  private static void takeTime(Handle tx) {
    try {
      tx.getConnection().setNetworkTimeout(Runnable::run, (int) PATIENCE.plusSeconds(2).toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    tx.execute("set local statement_timeout = " + PATIENCE.toMillis());
  }
}
