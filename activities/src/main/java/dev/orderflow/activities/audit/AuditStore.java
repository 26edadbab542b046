package dev.orderflow.activities.audit;

import dev.orderflow.activities.audit.Audit.Finding;
import dev.orderflow.activities.audit.Audit.Kind;
import dev.orderflow.activities.audit.Audit.Moved;
import dev.orderflow.activities.audit.Audit.Sum;
import dev.orderflow.activities.ledger.Unhurried;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads what the audit compares; changes nothing. */
final class AuditStore {

  private final Disagreements disagreements = new Disagreements();

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
    Unhurried.let(tx);
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
        disagreements.of(tx, ids(most), Map.of("behind", behind, "last", last)));
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

  private static Finding finding(ResultSet row) throws SQLException {
    return new Finding(row.getString("subject"), Kind.valueOf(row.getString("kind")));
  }

  /** Reads every reservation and every use of a coupon, in one statement, at one moment. */
  List<Finding> counters(Handle tx) {
    Unhurried.let(tx);
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
}
