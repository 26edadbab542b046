package dev.orderflow.drill.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.cli.Table;
import java.util.List;

/**
 * What came of a drill.
 *
 * @param gigabytes that the large ledger takes on disk
 * @param indexGigabytes of which are indexes; 2 GB have room in PostgreSQL's shared memory
 * @param seedSeconds from the first row to the last index
 * @param empty what an order costs in a ledger of a few hundred
 * @param large what it costs beside {@code orders} others
 * @param lists in milliseconds
 * @param whole what goes through a day or all of the ledger, in milliseconds
 * @param load the load average when it began and when it ended
 */
record LedgerResult(
    String drill,
    @JsonProperty("passed") boolean passed,
    int orders,
    double gigabytes,
    double indexGigabytes,
    double seedSeconds,
    Cost empty,
    Cost large,
    double timeRatio,
    double bufferRatio,
    List<Timed> lists,
    List<Timed> whole,
    double[] load) {

  /** What a ledger of any size may cost more than an empty one. */
  static final double MOST_TIME = 1.1;

  /** What a list may take. */
  static final double MOST_MILLIS = 100;

  static LedgerResult of(Filled filled, Cost empty, Cost large, Asked asked, double[] load) {
    double time = ratio(large.micros(), empty.micros());
    boolean quick = asked.lists().stream().allMatch(list -> list.median() <= MOST_MILLIS);
    return new LedgerResult(
        "ledger",
        time <= MOST_TIME && quick,
        filled.orders(),
        filled.gigabytes(),
        filled.indexGigabytes(),
        filled.seconds(),
        empty,
        large,
        time,
        ratio(large.buffers(), empty.buffers()),
        asked.lists(),
        asked.whole(),
        load);
  }

  /** Lists, and what goes through everything there is. */
  record Asked(List<Timed> lists, List<Timed> whole) {}

  /** A ledger full of orders. */
  record Filled(int orders, double gigabytes, double indexGigabytes, double seconds) {}

  private static double ratio(double one, double other) {
    return Math.round(one / other * 1_000) / 1_000.0;
  }

  Table costs() {
    return Table.of("OF ONE ORDER", "EMPTY LEDGER", orders + " ORDERS", "RATIO")
        .row("time, µs (median)", empty.micros(), large.micros(), timeRatio)
        .row("statements", empty.statements(), large.statements(), "")
        .row("pages looked at", empty.buffers(), large.buffers(), bufferRatio)
        .row("of which read", empty.read(), large.read(), "")
        .row("log, bytes", empty.walBytes(), large.walBytes(), "")
        .row("images of pages in it", empty.pageImages(), large.pageImages(), "");
  }

  Table times() {
    Table table = Table.of("ASKED, MS", "FIRST", "MEDIAN", "WORST");
    lists.forEach(list -> table.row(list.what(), list.first(), list.median(), list.worst()));
    whole.forEach(all -> table.row(all.what(), "", all.median(), ""));
    return table;
  }
}
