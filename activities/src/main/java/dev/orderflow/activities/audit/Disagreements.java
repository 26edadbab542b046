package dev.orderflow.activities.audit;

import dev.orderflow.activities.audit.Audit.Finding;
import dev.orderflow.activities.audit.Audit.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What does not agree in the money of orders: of payments, and of what they come to for their
 * order. What is on its way and what is archived is left out.
 */
public final class Disagreements {

  /** That they are few the server has to be told before it has seen the values. */
  private static final String THESE =
      """
      with page as materialized (
        select id, status, total, archived_at from sales_order where id = any(:ids) limit %d)
      """;

  private static final String FINDINGS =
      """
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
      select order_id as id, key as subject, 'CAPTURED_UNSEEN' as kind from paid
      where captured_minor > 0 and not seen
      union all
      select order_id, key, 'REFUNDS_DISAGREE' from paid where refunded_minor <> counted
      union all
      select order_id, key, 'GAVE_BACK_TOO_MUCH' from paid
      where refunded_minor + returned_minor > captured_minor
      union all
      select id, id, 'PAID_TWICE' from orders
      where status = 'COMPLETED' and payments > 1 and kept > total
      union all
      select id, id, 'KEPT' from orders
      where status in ('REJECTED', 'DECLINED', 'FAILED', 'CANCELLED', 'REFUNDED')
        and kept > 0 and not given_up
      union all
      select id, id, 'NOT_PAID' from orders
      where status = 'COMPLETED' and total > 0 and captured = 0 and not exists (
        select from operation o where o.order_id = orders.id and o.state = 'SUCCEEDED'
          and o.step in ('CHARGE', 'CAPTURE') and o.fingerprint is null)
      order by 2
      """;

  /** Of orders that are there, which of them the audit finds something about. */
  public Set<String> among(Handle tx, List<String> ids) {
    return tx.createQuery(THESE.formatted(ids.size()) + FINDINGS)
        .bindArray("ids", String.class, ids)
        .map((row, context) -> row.getString("id"))
        .set();
  }

  /** Of a {@code page} that a with clause reads, which ends where the findings begin. */
  List<Finding> of(Handle tx, String page, Map<String, String> bound) {
    return tx.createQuery(page + FINDINGS)
        .bindMap(bound)
        .map(
            (row, context) ->
                new Finding(row.getString("subject"), Kind.valueOf(row.getString("kind"))))
        .list();
  }
}
