package dev.orderflow.activities.timeline;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** At which stages orders wait, and for whom. */
public final class StageFigures {

  /**
   * One stage of all orders.
   *
   * @param name such as {@code charge}, {@code charge in doubt}, {@code review of charge}, {@code
   *     until commit}
   * @param ended how often it came to an end
   * @param p50 how long it took; absent where it never ended
   * @param waitingNow orders that are at it now, whenever they began; of gaps only one is known,
   *     the customer's choice after a payment that was declined within the span
   * @param oldest how long the one that waits longest has waited
   */
  public record Figure(
      String name,
      WaitedFor waitedFor,
      long ended,
      Optional<Duration> p50,
      Optional<Duration> p95,
      long waitingNow,
      Optional<Duration> oldest) {}

  /** Longer than a worker's statements may take: a person asks, rarely, and waits. */
  private static final Duration PATIENCE = Duration.ofSeconds(25);

  /** The effects of the span, by an index on their begin; each with the end of the one before. */
  private static final String STAGES =
      """
      with effect as (
        select order_id, step, state, created_at, updated_at, unknown_at,
          -- The span's payments once or, where these are too many to remember, each by its key:
          -- one is never older than its effect.
          case
            when step in ('AUTHORIZE', 'CHARGE') and exists
              (select from payment where key = o.key and next_action is not null
                and created_at > now() - :since * interval '1 ms') then 'CUSTOMER'
            when first_sent_at is not null then 'PROVIDER' else 'US' end as who,
          lag(updated_at) over way as before, lag(state) over way as state_before
        from operation o
        where created_at > now() - :since * interval '1 ms' and state <> 'FENCED'
        window way as (partition by order_id order by seq)
      ), reviewed as (
        -- Those that may lie between two effects of the span.
        select order_id, opened_at, coalesce(decided_at, now()) as ended from order_review
        where decided_at is null or decided_at > now() - :since * interval '1 ms'
      ), stage (name, who, began, ended) as (
        select step, who, created_at,
          coalesce(unknown_at, case when state not in ('PENDING', 'UNKNOWN') then updated_at end)
        from effect where state not in ('PENDING', 'UNKNOWN') or unknown_at is not null
        union all
        select step || ' in doubt', 'PROVIDER', unknown_at, updated_at
        from effect where unknown_at is not null and state not in ('PENDING', 'UNKNOWN')
        union all
        select 'until ' || step,
          case when step in ('CHARGE', 'AUTHORIZE') and state_before = 'DECLINED'
            then 'CUSTOMER' else 'US' end,
          before, created_at
        from effect
        where before < created_at
          and step in ('RESERVE', 'COUPON_HOLD', 'AUTHORIZE', 'CHARGE', 'CAPTURE', 'COMMIT',
                       'COUPON_REDEEM', 'GRANT', 'CONFIRM')
          and not exists (select from reviewed r
                          where r.order_id = effect.order_id and r.opened_at < effect.created_at
                            and r.ended > effect.before)
        union all
        select 'review of ' || split_part(step_key, '/', 2), 'OPERATOR', opened_at, decided_at
        from order_review
        where opened_at > now() - :since * interval '1 ms' and decided_at is not null
      ), past as (
        select lower(replace(name, '_', '-')) as name, who, count(*) as ended,
          percentile_cont(array[0.5, 0.95]) within group
            (order by greatest(date_part('epoch', ended - began), 0)) as took
        from stage group by stage.name, who
      ), waiting (name, who, began) as (
        select lower(replace(o.step, '_', '-'))
            || case when o.unknown_at is null then '' else ' in doubt' end,
          case when o.unknown_at is not null then 'PROVIDER'
            when p.next_action is not null then 'CUSTOMER'
            when o.first_sent_at is not null then 'PROVIDER' else 'US' end,
          coalesce(o.unknown_at, o.created_at)
        from operation o
          left join lateral (select next_action from payment where key = o.key limit 1) p on true
        where o.state in ('PENDING', 'UNKNOWN')
        union all
        select 'review of ' || split_part(step_key, '/', 2), 'OPERATOR', opened_at
        from order_review where decided_at is null
        union all
        select 'until charge', 'CUSTOMER', last.updated_at
        from (select distinct on (order_id) order_id, state, updated_at
              from effect where step in ('CHARGE', 'AUTHORIZE')
              order by order_id, created_at desc) last
          join sales_order s on s.id = last.order_id
        where last.state = 'DECLINED' and s.status = 'AWAITING_PAYMENT'
      ), present as (
        select name, who, count(*) as waiting,
          extract(epoch from clock_timestamp() - min(began)) as oldest
        from waiting group by name, who
      )
      select name, who, coalesce(ended, 0) as ended, took, coalesce(waiting, 0) as waiting, oldest
      from past full join present using (name, who)
      order by coalesce(waiting, 0) desc, took[2] desc nulls last, name
      """;

  private final Transactions transactions;

  @Inject
  StageFigures(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * What began within the span, and what waits now; where most orders wait comes first. Reads that
   * span of the ledger and nothing older, for at most 25 s.
   */
  public List<Figure> since(Duration span) {
    return transactions.in(
        tx -> {
          takeTime(tx);
          return tx.createQuery(STAGES)
              .bind("since", span.toMillis())
              .map(StageFigures::figure)
              .list();
        });
  }

  private static void takeTime(Handle tx) {
    try {
      tx.getConnection().setNetworkTimeout(Runnable::run, (int) PATIENCE.plusSeconds(2).toMillis());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    tx.execute("set local statement_timeout = " + PATIENCE.toMillis());
    // To compile the statement would take longer than to carry it out.
    tx.execute("set local jit = off");
  }

  private static Figure figure(ResultSet row, StatementContext context) throws SQLException {
    Optional<Array> took = Optional.ofNullable(row.getArray("took"));
    Double[] spread = took.isPresent() ? (Double[]) took.get().getArray() : new Double[2];
    return new Figure(
        row.getString("name"),
        WaitedFor.valueOf(row.getString("who")),
        row.getLong("ended"),
        Optional.ofNullable(spread[0]).map(StageFigures::seconds),
        Optional.ofNullable(spread[1]).map(StageFigures::seconds),
        row.getLong("waiting"),
        Optional.ofNullable(row.getBigDecimal("oldest"))
            .map(BigDecimal::doubleValue)
            .map(StageFigures::seconds));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
