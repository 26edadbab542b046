package dev.orderflow.activities.inbox;

import dev.orderflow.activities.ledger.Transactions;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** How late callbacks come, of all gateways together. */
public final class CallbackLags {

  /**
   * What was delivered in the last hour.
   *
   * @param received from the provider's time to ours: how late it came
   * @param delivered from the provider's time until the order was told
   */
  public record Lag(String channel, long events, Spread received, Spread delivered) {}

  /** Below it half, and 95 %. */
  public record Spread(Duration p50, Duration p95) {}

  private final Transactions transactions;

  @Inject
  CallbackLags(Transactions transactions) {
    this.transactions = transactions;
  }

  /** One row per channel. Clocks differ: what is from the future is of now. */
  public List<Lag> lastHour() {
    String sql =
        """
        select channel, count(*) as events,
          percentile_cont(array[0.5, 0.95]) within group (order by
            extract(epoch from greatest(received_at - happened_at, interval '0'))
              ::double precision) as received,
          percentile_cont(array[0.5, 0.95]) within group (order by
            extract(epoch from greatest(delivered_at - happened_at, interval '0'))
              ::double precision) as delivered
        from inbox
        where state = 'DELIVERED' and delivered_at > now() - interval '1 hour'
        group by channel order by channel
        """;
    return transactions.read(
        tx ->
            tx.createQuery(sql)
                .map(
                    (row, context) ->
                        new Lag(
                            row.getString("channel"),
                            row.getLong("events"),
                            spread(row.getArray("received")),
                            spread(row.getArray("delivered"))))
                .list());
  }

  private static Spread spread(Array percentiles) throws SQLException {
    Double[] p = (Double[]) percentiles.getArray();
    return new Spread(seconds(p[0]), seconds(p[1]));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1_000));
  }
}
