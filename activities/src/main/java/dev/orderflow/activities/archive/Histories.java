package dev.orderflow.activities.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Everything that the ledger has of orders: read as text, and taken out. */
final class Histories {

  private static final String KEYS = "(select key from operation where order_id = any(:ids))";

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
          "coupon_use where order_id = any(:ids)",
          "order_line where order_id = any(:ids)",
          "order_review where order_id = any(:ids)",
          "order_decision where order_id = any(:ids)",
          "operation where order_id = any(:ids)");

  private static final String TEXT =
      """
      select o.id, jsonb_build_object(
        'id', o.id, 'order', to_jsonb(o),
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
                    from refund r join operation x on x.key = r.key where x.order_id = o.id),
        'refundLines', (select jsonb_agg(to_jsonb(l) order by l.refund_key, l.number)
                        from refund_line l join operation x on x.key = l.refund_key
                        where x.order_id = o.id),
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
                      from order_decision x where x.order_id = o.id))::text as text
      from sales_order o where o.id = any(:ids) and o.archived_in is null
      order by o.placed_at, o.id
      """;

  /** By order id: a line each, the same as long as nothing of the order has changed. */
  Map<String, String> texts(Handle tx, List<String> ids) {
    tx.execute("set local time zone 'UTC'");
    Map<String, String> texts = new TreeMap<>();
    tx.createQuery(TEXT)
        .bindArray("ids", String.class, ids)
        .map((row, context) -> Map.entry(row.getString("id"), row.getString("text")))
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue()));
    return texts;
  }

  /** Nobody changes these orders, or refers to what is theirs, until the transaction ends. */
  void lock(Handle tx, List<String> ids) {
    tx.createQuery("select id from sales_order where id = any(:ids) order by id for update")
        .bindArray("ids", String.class, ids)
        .mapTo(String.class)
        .list();
    // Of their effects, too: what differs by a report refers to the effect alone.
    tx.createQuery(
            "select key from operation where order_id = any(:ids) order by order_id, seq for update")
        .bindArray("ids", String.class, ids)
        .mapTo(String.class)
        .list();
  }

  /** Takes them out; what is counted over all orders goes on to count them. */
  void takeOut(Handle tx, List<String> ids, String file) {
    List<String> changes = new ArrayList<>(List.of(USES, MONEY, TOMBSTONE));
    PARTS.forEach(part -> changes.add("delete from " + part));
    for (String sql : changes) {
      var update = tx.createUpdate(sql).bindArray("ids", String.class, ids);
      (sql.equals(TOMBSTONE) ? update.bind("file", file) : update).execute();
    }
  }

  private static final String USES =
      """
      update coupon c set uses_archived = uses_archived + u.uses
      from (select code, count(*) as uses from coupon_use
            where order_id = any(:ids) and state in ('HELD', 'REDEEMED') group by code) u
      where c.code = u.code
      """;

  private static final String MONEY =
      """
      insert into archived_money as m (day, channel, kind, currency, transactions, amount_minor)
      select (t.reported_at at time zone 'UTC')::date, t.channel, t.kind, t.currency, count(*),
        sum(t.amount_minor)
      from operation o join provider_transaction t on t.key = o.key
      where o.order_id = any(:ids)
        and (o.state = 'SUCCEEDED' or exists (
          select from operation b where b.order_id = o.order_id and b.state = 'SUCCEEDED'
            and b.reference = t.reference))
      group by 1, 2, 3, 4
      on conflict (day, channel, kind, currency) do update
      set transactions = m.transactions + excluded.transactions,
        amount_minor = m.amount_minor + excluded.amount_minor
      """;

  /** What is left names nobody, and can't be carried on by anybody. */
  private static final String TOMBSTONE =
      """
      update sales_order
      set archived_in = :file, document = '{}', plan = case when plan is null then null
          else '{}'::jsonb end, customer_id = '', paid_by = null, generation = 1
      where id = any(:ids)
      """;
}
