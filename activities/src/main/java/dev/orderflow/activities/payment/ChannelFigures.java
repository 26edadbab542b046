package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** What the ledger says of its channels: the same whichever worker made the calls. */
@Singleton
public class ChannelFigures {

  /**
   * What has begun in the last hour.
   *
   * @param inDoubt of which it is not known yet; without those that wait for the customer
   * @param latency of those that are known; empty where there are none
   */
  public record LastHour(
      String channel,
      long succeeded,
      long declined,
      long notExecuted,
      long waiting,
      long inDoubt,
      Optional<Latency> latency) {

    /** How many of those that came to an end, in doubt or not, succeeded; 0 to 1. */
    public Optional<Double> successRate() {
      long ended = succeeded + declined + notExecuted + inDoubt;
      return ended == 0 ? Optional.empty() : Optional.of((double) succeeded / ended);
    }
  }

  /** From the first request to the outcome, with all repetitions: below it half, 95 %, 99 %. */
  public record Latency(Duration p50, Duration p95, Duration p99) {}

  /**
   * What is in doubt now, whenever it began.
   *
   * @param oldestUnknown for how long, of the one that is so the longest
   */
  public record InDoubt(String channel, long operations, Optional<Duration> oldestUnknown) {}

  /** Calls with their channel; of which, is to be filled in. */
  static final String OF_CHANNEL =
      """
      with chosen as (
        select * from operation o
        where o.step in ('AUTHORIZE', 'CAPTURE', 'CHARGE', 'VOID', 'REFUND')
          and o.first_sent_at is not null and (%s)
      ), call as (
        select c.*, p.channel from chosen c join payment p on p.key = c.key
        union all
        select c.*, p.channel from chosen c join payment p on p.capture_key = c.key
        union all
        select c.*, p.channel from chosen c join payment p on p.key = c.forward_key
        where c.step = 'VOID'
        union all
        select c.*, p.channel
        from chosen c join refund r on r.key = c.key join payment p on p.key = r.payment_key
      )
      """;

  private static final String LAST_HOUR =
      OF_CHANNEL.formatted("o.created_at > now() - interval '1 hour'")
          + """
          select channel,
            count(*) filter (where state = 'SUCCEEDED') as succeeded,
            count(*) filter (where state = 'DECLINED') as declined,
            count(*) filter (where state = 'NOT_EXECUTED') as not_executed,
            count(*) filter (where state = 'PENDING' and reason_code = 'AWAITING_CUSTOMER')
              as waiting,
            count(*) filter (where state in ('PENDING', 'UNKNOWN')
              and reason_code is distinct from 'AWAITING_CUSTOMER') as in_doubt,
            percentile_cont(array[0.5, 0.95, 0.99]) within group
              (order by extract(epoch from updated_at - first_sent_at)::double precision)
              filter (where state in ('SUCCEEDED', 'DECLINED')) as latency
          from call group by channel order by channel
          """;

  private static final String IN_DOUBT =
      OF_CHANNEL.formatted(
              """
              o.state = 'UNKNOWN' or (o.state = 'PENDING'
                and o.reason_code is distinct from 'AWAITING_CUSTOMER'
                and (o.lease_until is null or o.lease_until < clock_timestamp()))""")
          + """
          select channel, count(*) as operations,
            extract(epoch from clock_timestamp()
              - min(first_sent_at) filter (where state = 'UNKNOWN')) as oldest
          from call group by channel order by channel
          """;

  private final Transactions transactions;

  @Inject
  public ChannelFigures(Transactions transactions) {
    this.transactions = transactions;
  }

  /** One row per channel that was called. May take seconds where there was much. */
  public List<LastHour> lastHour() {
    return transactions.in(
        tx -> {
          limit(tx);
          return tx.createQuery(LAST_HOUR).map(ChannelFigures::hour).list();
        });
  }

  /** Figures must not keep a shop from its work. */
  static void limit(Handle tx) {
    tx.execute("set local statement_timeout = '4s'");
  }

  /** One row per channel where something is in doubt; as cheap as there is little of it. */
  public List<InDoubt> inDoubt() {
    return transactions.read(
        tx ->
            tx.createQuery(IN_DOUBT)
                .map(
                    (row, context) ->
                        new InDoubt(
                            row.getString("channel"),
                            row.getLong("operations"),
                            Optional.ofNullable(row.getBigDecimal("oldest"))
                                .map(BigDecimal::doubleValue)
                                .map(ChannelFigures::seconds)))
                .list());
  }

  private static LastHour hour(ResultSet row, StatementContext context) throws SQLException {
    return new LastHour(
        row.getString("channel"),
        row.getLong("succeeded"),
        row.getLong("declined"),
        row.getLong("not_executed"),
        row.getLong("waiting"),
        row.getLong("in_doubt"),
        latency(row.getArray("latency")));
  }

  static Optional<Latency> latency(Array percentiles) throws SQLException {
    if (percentiles == null) {
      return Optional.empty();
    }
    Double[] p = (Double[]) percentiles.getArray();
    return p[0] == null
        ? Optional.empty()
        : Optional.of(new Latency(seconds(p[0]), seconds(p[1]), seconds(p[2])));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
