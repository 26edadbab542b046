package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.workflows.saga.Reason;
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
   * What has begun in the last hour. Nobody's failure, and in no rate: what we closed ourselves,
   * and what a guard or a switch of ours did not let out.
   *
   * @param declined by the customer's bank, or by the customer
   * @param failed not answered: it did not come about, or it is not known what became of it
   * @param waiting for the customer
   * @param closed by us, while it waited or was in doubt
   * @param notSent because the channel is switched off, drained, left alone or called often enough
   * @param answered by the provider, whatever it said; what was closed later, too
   * @param latency until the provider answered; empty where it answered nothing
   * @param customer how long customers took from then on; empty where none was waited for
   */
  public record LastHour(
      String channel,
      long succeeded,
      long declined,
      long failed,
      long waiting,
      long closed,
      long notSent,
      long answered,
      Optional<Latency> latency,
      Optional<Latency> customer) {

    /** How many of those that should have been answered were; 0 to 1. A decline is an answer. */
    public Optional<Double> answeredRate() {
      long sent = answered + failed;
      return sent == 0 ? Optional.empty() : Optional.of((double) answered / sent);
    }
  }

  /** Spans of time: below it half, 95 %, 99 %. */
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
        select c.*, p.channel, p.next_action is not null as waited
        from chosen c join payment p on p.key = c.key
        union all
        select c.*, p.channel, false from chosen c join payment p on p.capture_key = c.key
        union all
        select c.*, p.channel, false from chosen c join payment p on p.key = c.forward_key
        where c.step = 'VOID'
        union all
        select c.*, p.channel, false
        from chosen c join refund r on r.key = c.key join payment p on p.key = r.payment_key
      )
      """;

  /** Which of our own reasons a call was not sent for. */
  static final String HELD_BACK =
      "reason_code in ('"
          + String.join(
              "', '",
              GuardedChannel.CIRCUIT_OPEN,
              GuardedChannel.RATE_LIMITED,
              Reason.CHANNEL_DRAINED,
              GuardedChannel.OFF)
          + "')";

  /** Declined, because we ended it ourselves. */
  static final String CLOSED =
      "state = 'DECLINED' and (closed_at is not null or reason_code = '" + Reason.FENCED + "')";

  private static final String LAST_HOUR =
      OF_CHANNEL.formatted("o.created_at > now() - interval '1 hour'")
          + """
          , judged as (
            select call.*,
              -- By itself: what only our closing made certain was not answered.
              state = 'SUCCEEDED' or (answered_at is not null
                and (closed_at is null or answered_at <= closed_at)) as answered,
              case
                when state = 'SUCCEEDED' then 'SUCCEEDED'
                when state in ('NOT_EXECUTED', 'FENCED') and %1$s then 'NOT_SENT'
                when state in ('NOT_EXECUTED', 'FENCED') then 'FAILED'
                when %2$s then case when unknown_at is null then 'CLOSED' else 'FAILED' end
                when state = 'DECLINED' then 'DECLINED'
                when reason_code = 'AWAITING_CUSTOMER' then 'WAITING'
                when lease_until > clock_timestamp() then 'UNDER_WAY'
                else 'FAILED'
              end as verdict
            from call
          )
          select channel,
            count(*) filter (where verdict = 'SUCCEEDED') as succeeded,
            count(*) filter (where verdict = 'DECLINED') as declined,
            count(*) filter (where verdict = 'FAILED' and not answered) as failed,
            count(*) filter (where verdict = 'WAITING') as waiting,
            count(*) filter (where %2$s) as closed,
            count(*) filter (where verdict = 'NOT_SENT') as not_sent,
            count(*) filter (where answered) as answered,
            percentile_cont(array[0.5, 0.95, 0.99]) within group
              (order by extract(epoch from answered_at - first_sent_at)::double precision)
              filter (where answered and answered_at is not null) as latency,
            percentile_cont(array[0.5, 0.95, 0.99]) within group
              (order by extract(epoch from updated_at - answered_at)::double precision)
              filter (where waited and answered and answered_at is not null
                and verdict in ('SUCCEEDED', 'DECLINED')) as customer
          from judged group by channel order by channel
          """
              .formatted(HELD_BACK, CLOSED);

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
        row.getLong("failed"),
        row.getLong("waiting"),
        row.getLong("closed"),
        row.getLong("not_sent"),
        row.getLong("answered"),
        latency(row.getArray("latency")),
        latency(row.getArray("customer")));
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
