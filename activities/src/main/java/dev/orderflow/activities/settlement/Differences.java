package dev.orderflow.activities.settlement;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tables {@code settlement} and {@code settlement_difference}. */
@Singleton
class Differences {

  /** Compares rows of the report with the ledger. */
  void compare(Handle tx, ReconcileRequest of, Set<String> covered, List<ReportRow> rows) {
    String sql =
        """
        with reported as (
          select distinct on (reference) *
          from jsonb_to_recordset(cast(:rows as jsonb)) as r
            (reference text, kind text, currency text, amount bigint, merchant text)
        ), judged as (
          select r.*, t.channel as ledger_channel, known.kind as ledger_kind,
                 known.currency as ledger_currency, known.amount as ledger_amount,
                 coalesce(o.order_id, a.order_id, s.id, substring(r.merchant from :evaluation))
                   as order_id,
                 case
                   when known.kind is null and s.id is null and r.merchant ~ :evaluation
                     then 'EVALUATION'
                   when known.kind is null and s.id is null then 'UNKNOWN_ORDER'
                   when known.kind is null or not a.booked then 'MISSING_IN_LEDGER'
                   when known.kind <> r.kind or known.currency <> r.currency
                     or known.amount <> r.amount then 'AMOUNT_DIFFERS'
                   -- Money that came late is booked under a key of its own, by the same name.
                   when o.state <> 'SUCCEEDED' and not exists
                     (select from operation b
                      where b.order_id = o.order_id and b.state = 'SUCCEEDED'
                        and b.reference = t.reference) then 'MISSING_IN_LEDGER'
                 end as difference
          from reported r
          -- For each row for itself, however few the server thinks that the ledger has.
          left join lateral
            (select * from provider_transaction
             where channel = any(:covered) and reference = r.reference offset 0) t on true
          left join operation o on o.key = t.key
          left join lateral
            (select * from archived_transaction
             where channel = any(:covered) and reference = r.reference offset 0) a on true
          left join sales_order s on s.id = r.merchant
          cross join lateral
            (select coalesce(t.kind, a.kind), coalesce(t.currency, a.currency),
                    coalesce(t.amount_minor, a.amount_minor)) known (kind, currency, amount)
        ), agreed as (
          insert into settlement (channel, reference, settled_on)
          select ledger_channel, reference, :date from judged where ledger_channel is not null
          on conflict do nothing
        )
        insert into settlement_difference
          (channel, date, reference, difference, order_id, kind, currency, amount_minor,
           ledger_kind, ledger_currency, ledger_amount_minor)
        select :channel, :date, reference, difference, order_id, kind, currency, amount,
               ledger_kind, ledger_currency, ledger_amount
        from judged where difference is not null
        on conflict do nothing
        """;
    tx.createUpdate(sql)
        .bind("rows", Json.text(rows))
        .bind("evaluation", EvaluationIds.FORM)
        .bind("covered", covered.toArray(String[]::new))
        .bind("channel", of.channel())
        .bind("date", of.date())
        .execute();
  }

  /** From a moment until before another. */
  record Span(Instant from, Instant until) {}

  /**
   * Notes what was first reported within one span, was done within another, and no report shows.
   */
  void missing(Handle tx, ReconcileRequest of, Set<String> covered, Span reported, Span done) {
    String sql =
        """
        insert into settlement_difference
          (channel, date, reference, difference, order_id, ledger_kind, ledger_currency,
           ledger_amount_minor)
        select :channel, :date, t.reference, 'MISSING_AT_PROVIDER', o.order_id, t.kind, t.currency,
               t.amount_minor
        from provider_transaction t
        join operation o on o.key = t.key
        where t.channel = any(:covered)
          and t.reported_at >= :reportedFrom and t.reported_at < :reportedUntil
          and t.kind in
            ('CHARGE', 'CAPTURE', 'REFUND', 'REFUND_FAILED', 'CHARGEBACK', 'CHARGEBACK_REVERSED')
          and ((o.state = 'SUCCEEDED'
                and o.updated_at >= :doneFrom and o.updated_at < :doneUntil)
            -- What came late, or otherwise than asked, is booked under a key of its own.
            or (o.state <> 'SUCCEEDED' and exists
              (select from operation b
               where b.order_id = o.order_id and b.step = 'RECEIVE' and b.state = 'SUCCEEDED'
                 and b.reference = t.reference
                 and b.updated_at >= :doneFrom and b.updated_at < :doneUntil)))
          and not exists
            (select from settlement s where s.channel = t.channel and s.reference = t.reference)
          -- A report of an earlier day may have shown it, before we knew of it.
          and not exists
            (select from settlement_difference d
             where d.channel = :channel and d.reference = t.reference and d.kind is not null)
        on conflict do nothing
        """;
    tx.createUpdate(sql)
        .bind("channel", of.channel())
        .bind("date", of.date())
        .bind("covered", covered.toArray(String[]::new))
        .bind("reportedFrom", reported.from().atOffset(ZoneOffset.UTC))
        .bind("reportedUntil", reported.until().atOffset(ZoneOffset.UTC))
        .bind("doneFrom", done.from().atOffset(ZoneOffset.UTC))
        .bind("doneUntil", done.until().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** The database's now. */
  Instant now(Handle tx) {
    return tx.createQuery("select now()").mapTo(Instant.class).one();
  }

  /** Some orders with open differences that can still be asked about them, behind {@code after}. */
  List<OrderId> toTell(Handle tx, ReconcileRequest of, Optional<OrderId> after, int atMost) {
    return tx.createQuery(
            """
            select distinct d.order_id from settlement_difference d
            join sales_order s on s.id = d.order_id and s.archived_at is null
            where d.channel = :channel and d.date = :date and d.state = 'OPEN'
              and d.order_id > :after
            order by d.order_id limit :most
            """)
        .bind("channel", of.channel())
        .bind("date", of.date())
        .bind("after", after.map(OrderId::value).orElse(""))
        .bind("most", atMost)
        .mapTo(String.class)
        .map(OrderId::new)
        .list();
  }

  /** Its order was told. */
  void told(Handle tx, ReconcileRequest of, OrderId order) {
    tx.createUpdate(
            """
            update settlement_difference set state = 'SIGNALLED', changed_at = now()
            where channel = :channel and date = :date and order_id = :order and state = 'OPEN'
            """)
        .bind("channel", of.channel())
        .bind("date", of.date())
        .bind("order", order.value())
        .execute();
  }

  /** How many of the day wait for what their orders find out. */
  long signalled(Handle tx, ReconcileRequest of) {
    return tx.createQuery(
            """
            select count(*) from settlement_difference
            where channel = :channel and date = :date and state = 'SIGNALLED'
            """)
        .bind("channel", of.channel())
        .bind("date", of.date())
        .mapTo(Long.class)
        .one();
  }

  /** Ends what is no difference any more: of this day, and of days before. */
  void mend(Handle tx, ReconcileRequest of, Set<String> covered) {
    String sql =
        """
        update settlement_difference d set state = 'MENDED', changed_at = now()
        where d.channel = :channel and d.date <= :date and d.state in ('OPEN', 'SIGNALLED')
          and case
            when d.difference = 'MISSING_AT_PROVIDER' then exists
              (select from settlement s
               where s.channel = any(:covered) and s.reference = d.reference)
            when d.difference in ('MISSING_IN_LEDGER', 'UNKNOWN_ORDER') then exists
              (select from archived_transaction a
               where a.channel = any(:covered) and a.reference = d.reference and a.booked
                 and a.kind = d.kind and a.currency = d.currency
                 and a.amount_minor = d.amount_minor)
              or exists
              (select from provider_transaction t join operation o on o.key = t.key
               where t.channel = any(:covered) and t.reference = d.reference
                 and t.kind = d.kind and t.currency = d.currency
                 and t.amount_minor = d.amount_minor
                 and (o.state = 'SUCCEEDED' or exists
                   (select from operation b
                    where b.order_id = o.order_id and b.state = 'SUCCEEDED'
                      and b.reference = t.reference)))
            -- What was paid and given back, on this day or a later one, is nobody's business: of
            -- one name nothing is kept. A report may show the same again on another day.
            when d.difference = 'EVALUATION' then
              (select sum(case when other.kind in ('REFUND', 'CHARGEBACK') then -other.amount_minor
                               else other.amount_minor end) = 0
               from (select distinct reference, kind, amount_minor from settlement_difference
                     where channel = d.channel and difference = 'EVALUATION'
                       and order_id = d.order_id and currency = d.currency) other)
            else false
          end
        """;
    tx.createUpdate(sql)
        .bind("channel", of.channel())
        .bind("date", of.date())
        .bind("covered", covered.toArray(String[]::new))
        .execute();
  }

  /** What waits for a person, or for an order; at most so many. */
  List<Difference> unsettled(Handle tx, String channel, LocalDate date, int atMost) {
    return tx.createQuery(
            """
            select * from settlement_difference
            where channel = :channel and date = :date and state in ('OPEN', 'SIGNALLED')
            order by reference, difference limit :most
            """)
        .bind("channel", channel)
        .bind("date", date)
        .bind("most", atMost)
        .map(
            (row, context) ->
                new Difference(
                    channel,
                    date,
                    row.getString("reference"),
                    Difference.Kind.valueOf(row.getString("difference")),
                    Difference.State.valueOf(row.getString("state")),
                    Optional.ofNullable(row.getString("order_id")).map(OrderId::new),
                    side(row.getString("kind"), row.getString("currency"), row, "amount_minor"),
                    side(
                        row.getString("ledger_kind"),
                        row.getString("ledger_currency"),
                        row,
                        "ledger_amount_minor")))
        .list();
  }

  private static Optional<Difference.Side> side(
      String kind, String currency, ResultSet row, String amount) throws SQLException {
    return kind == null
        ? Optional.empty()
        : Optional.of(new Difference.Side(kind, currency, row.getLong(amount)));
  }

  /** A person has looked; false where nothing open is called so. */
  boolean close(Handle tx, Settlements.Closing closing) {
    return tx.createUpdate(
                """
                update settlement_difference
                set state = 'CLOSED', actor = :actor, reason = :reason, changed_at = now()
                where channel = :channel and date = :date and reference = :reference
                  and state in ('OPEN', 'SIGNALLED')
                """)
            .bind("channel", closing.channel())
            .bind("date", closing.date())
            .bind("reference", closing.reference())
            .bind("actor", closing.actor())
            .bind("reason", closing.reason())
            .execute()
        > 0;
  }

  /** What the day has come to. */
  Reconciliation count(Handle tx, ReconcileRequest of, long rows) {
    String sql =
        """
        select count(*) filter (where difference = 'MISSING_IN_LEDGER') as in_ledger,
               count(*) filter (where difference = 'MISSING_AT_PROVIDER') as at_provider,
               count(*) filter (where difference = 'AMOUNT_DIFFERS') as amount,
               count(*) filter (where difference = 'UNKNOWN_ORDER') as unknown,
               count(*) filter (where difference = 'EVALUATION') as evaluation,
               count(*) filter (where state = 'OPEN') as open,
               count(*) filter (where state = 'SIGNALLED') as signalled
        from settlement_difference where channel = :channel and date = :date
        """;
    return tx.createQuery(sql)
        .bind("channel", of.channel())
        .bind("date", of.date())
        .map(
            (row, context) ->
                new Reconciliation(
                    of.channel(),
                    of.date(),
                    rows,
                    row.getLong("in_ledger"),
                    row.getLong("at_provider"),
                    row.getLong("amount"),
                    row.getLong("unknown"),
                    row.getLong("open"),
                    row.getLong("signalled"),
                    row.getLong("evaluation")))
        .one();
  }
}
