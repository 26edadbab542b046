package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.payment.ChannelFigures.Latency;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** How calls went wrong in the last day, and how long it took to know: the same for all workers. */
@Singleton
public class DoubtFigures {

  /**
   * Calls whose outcome was unknown at first.
   *
   * @param operations that became unknown in the last 24 hours and are known now
   * @param took from when it was unknown until it was known
   */
  public record Resolved(String channel, long operations, Latency took) {}

  /**
   * Calls of the last hour that did not succeed; without those that we closed ourselves.
   *
   * @param code of the reason, in the channel's words
   */
  public record Refused(String channel, String code, long operations) {}

  private static final String RESOLVED =
      ChannelFigures.OF_CHANNEL.formatted(
              """
              o.unknown_at > now() - interval '1 day'
                and o.state in ('SUCCEEDED', 'DECLINED', 'NOT_EXECUTED', 'FENCED')""")
          + """
          select channel, count(*) as operations,
            percentile_cont(array[0.5, 0.95, 0.99]) within group
              (order by extract(epoch from updated_at - unknown_at)::double precision) as took
          from call group by channel order by channel
          """;

  private static final String REFUSED =
      ChannelFigures.OF_CHANNEL.formatted(
              """
              o.created_at > now() - interval '1 hour'
                and o.state in ('DECLINED', 'NOT_EXECUTED', 'UNKNOWN')""")
          + """
          select channel, reason_code as code, count(*) as operations
          from call where reason_code is not null and not (%s)
          group by channel, reason_code order by channel, operations desc, code
          """
              .formatted(ChannelFigures.CLOSED);

  private final Transactions transactions;

  @Inject
  public DoubtFigures(Transactions transactions) {
    this.transactions = transactions;
  }

  /** One row per channel that had any; as cheap as there was little of it. */
  public List<Resolved> resolved() {
    return transactions.read(
        tx ->
            tx.createQuery(RESOLVED)
                .map(
                    (row, context) ->
                        new Resolved(
                            row.getString("channel"),
                            row.getLong("operations"),
                            ChannelFigures.latency(row.getArray("took")).orElseThrow()))
                .list());
  }

  /** By channel, the most frequent first. May take seconds where there was much. */
  public List<Refused> refused() {
    return transactions.in(
        tx -> {
          ChannelFigures.limit(tx);
          return tx.createQuery(REFUSED)
              .map(
                  (row, context) ->
                      new Refused(
                          row.getString("channel"),
                          row.getString("code"),
                          row.getLong("operations")))
              .list();
        });
  }
}
