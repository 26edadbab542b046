package dev.orderflow.drill.ledger;

import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What one order costs the database.
 *
 * @param micros the median order took, from its first statement to its last
 * @param statements it executed, without the beginnings and ends of transactions
 * @param buffers pages it looked at, in memory or not
 * @param read of which were not in the server's memory
 * @param walBytes written to the log of changes, the images of whole pages included that follow a
 *     checkpoint
 * @param pageImages how many of those
 */
record Cost(
    double micros,
    double statements,
    double buffers,
    double read,
    double walBytes,
    double pageImages) {

  private static final String SUMS =
      """
      select sum(calls) filter (where query !~* '^(begin|commit|rollback)') as statements,
        sum(shared_blks_hit + shared_blks_read) as buffers, sum(shared_blks_read) as read,
        sum(wal_bytes) as wal, sum(wal_fpi) as images
      from pg_stat_statements(true) s
      where dbid = (select oid from pg_database where datname = current_database())
        and query not like '%pg_stat_statements%'
      """;

  /** Places so many orders, one after the other. */
  static Cost of(Room room, Jdbi meter, String run, int orders) {
    meter.useHandle(tx -> tx.execute("select pg_stat_statements_reset()"));
    long[] nanos = new long[orders];
    for (int i = 0; i < orders; i++) {
      long begin = System.nanoTime();
      Walk.healthy(room, run + "-" + i, i);
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    return meter.withHandle(tx -> of(tx, nanos[orders / 2] / 1_000.0, orders));
  }

  private static Cost of(Handle tx, double micros, int orders) {
    return tx.createQuery(SUMS)
        .map(
            (row, context) ->
                new Cost(
                    micros,
                    row.getDouble("statements") / orders,
                    row.getDouble("buffers") / orders,
                    row.getDouble("read") / orders,
                    row.getDouble("wal") / orders,
                    row.getDouble("images") / orders))
        .one();
  }

  /** The median round, each figure for itself. */
  static Cost median(List<Cost> rounds) {
    return new Cost(
        median(rounds.stream().mapToDouble(Cost::micros).toArray()),
        median(rounds.stream().mapToDouble(Cost::statements).toArray()),
        median(rounds.stream().mapToDouble(Cost::buffers).toArray()),
        median(rounds.stream().mapToDouble(Cost::read).toArray()),
        median(rounds.stream().mapToDouble(Cost::walBytes).toArray()),
        median(rounds.stream().mapToDouble(Cost::pageImages).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int half = values.length / 2;
    double median = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return Math.round(median * 10) / 10.0;
  }
}
