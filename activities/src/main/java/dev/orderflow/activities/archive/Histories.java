package dev.orderflow.activities.archive;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Moves everything that the ledger has of orders into the tables {@code archived_order} and {@code
 * archived_transaction}. No row passes through this program: what is written is what was there.
 */
final class Histories {

  private static final String KEYS = "(select key from operation where order_id = any(:ids))";

  private static final String DOCUMENT =
      """
      insert into archived_order (order_id, ended_at, history)
      select o.id, coalesce(o.ended_at, o.completed_at), jsonb_build_object(
        'id', o.id, 'order', to_jsonb(o) - 'archived_at',
        'lines', (select jsonb_agg(to_jsonb(x) order by x.number)
                  from order_line x where x.order_id = o.id),
        'operations', (select jsonb_agg(to_jsonb(x) order by x.seq)
                       from operation x where x.order_id = o.id),
        'payments', (select jsonb_agg(to_jsonb(x) order by x.key)
                     from payment x where x.order_id = o.id),
        'transactions', (select jsonb_agg(to_jsonb(t) order by t.channel, t.reference)
                         from provider_transaction t join operation x on x.key = t.key
                         where x.order_id = o.id),
        'settlements', (select jsonb_agg(to_jsonb(s) order by s.channel, s.reference)
                        from settlement s
                        join provider_transaction t
                          on t.channel = s.channel and t.reference = s.reference
                        join operation x on x.key = t.key
                        where x.order_id = o.id),
        'refunds', (select jsonb_agg(to_jsonb(r) order by r.key)
                    from refund r where r.order_id = o.id),
        'refundLines', (select jsonb_agg(to_jsonb(l) order by l.refund_key, l.number)
                        from refund_line l join refund r on r.key = l.refund_key
                        where r.order_id = o.id),
        'disputes', (select jsonb_agg(to_jsonb(x) order by x.channel, x.reference)
                     from dispute x where x.order_id = o.id),
        'reservations', (select jsonb_agg(to_jsonb(x) order by x.line)
                         from reservation x where x.order_id = o.id),
        'couponUse', (select to_jsonb(x) from coupon_use x where x.order_id = o.id),
        'messages', (select jsonb_agg(to_jsonb(x) order by x.key)
                     from message x where x.order_id = o.id),
        'reviews', (select jsonb_agg(to_jsonb(x) order by x.version)
                    from order_review x where x.order_id = o.id),
        'decisions', (select jsonb_agg(to_jsonb(x) order by x.made_at, x.wish, x.actor, x.reason)
                      from order_decision x where x.order_id = o.id))
      from sales_order o where o.id = any(:ids)
      """;

  private static final String MONEY =
      """
      insert into archived_transaction
        (channel, reference, order_id, kind, currency, amount_minor, reported_at, booked)
      select t.channel, t.reference, o.order_id, t.kind, t.currency, t.amount_minor, t.reported_at,
        o.state = 'SUCCEEDED' or exists (
          select from operation b where b.order_id = o.order_id and b.state = 'SUCCEEDED'
            and b.reference = t.reference)
      from operation o join provider_transaction t on t.key = o.key
      where o.order_id = any(:ids)
      """;

  /** In the order of their codes, so that no two runs wait for each other. */
  private static final String COUPONS =
      """
      select code from coupon where code in (
        select code from coupon_use where order_id = any(:ids) and state in ('HELD', 'REDEEMED'))
      order by code for no key update
      """;

  private static final String USES =
      """
      update coupon c set uses_archived = uses_archived + u.uses
      from (select code, count(*) as uses from coupon_use
            where order_id = any(:ids) and state in ('HELD', 'REDEEMED') group by code) u
      where c.code = u.code
      """;

  /** What is left names nobody, and can't be carried on by anybody. Reasons may quote a person. */
  private static final String TOMBSTONE =
      """
      update sales_order
      set archived_at = now(), document = '{}', customer_id = '', reason_message = null,
        plan = case when plan is null then null else '{}'::jsonb end, paid_by = null, generation = 1
      where id = any(:ids)
      """;

  /** What refers to something comes before it. */
  private static final List<String> PARTS =
      List.of(
          "refund_line where refund_key in " + KEYS,
          "refund where key in " + KEYS,
          "dispute where order_id = any(:ids)",
          "message where order_id = any(:ids)",
          "settlement s using provider_transaction t where s.channel = t.channel"
              + " and s.reference = t.reference and t.key in "
              + KEYS,
          "provider_transaction where key in " + KEYS,
          "payment where order_id = any(:ids)",
          "reservation where order_id = any(:ids)",
          "order_line where order_id = any(:ids)",
          "order_review where order_id = any(:ids)",
          "order_decision where order_id = any(:ids)",
          "operation where order_id = any(:ids)");

  /** In the caller's transaction, which holds the orders' locks. */
  void archive(Handle tx, List<String> ids) {
    tx.execute("set local time zone 'UTC'");
    update(tx, DOCUMENT, ids);
    update(tx, MONEY, ids);
    update(tx, TOMBSTONE, ids);
    PARTS.forEach(part -> update(tx, "delete from " + part, ids));
    // Last, because orders that are placed now wait for a coupon that is locked.
    tx.createQuery(COUPONS).bindArray("ids", String.class, ids).mapTo(String.class).list();
    update(tx, USES, ids);
    update(tx, "delete from coupon_use where order_id = any(:ids)", ids);
  }

  private static void update(Handle tx, String sql, List<String> ids) {
    tx.createUpdate(sql).bindArray("ids", String.class, ids).execute();
  }
}
