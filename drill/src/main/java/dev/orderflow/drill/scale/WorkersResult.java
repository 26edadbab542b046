package dev.orderflow.drill.scale;

import dev.orderflow.cli.Table;
import java.util.List;

/**
 * What came of adding a worker.
 *
 * @param answerMillis how long the provider takes
 * @param mostOfOne orders a second that the slots of one worker allow
 * @param factor how much faster two workers were than one; 0 where one completed nothing
 * @param shares of the last orders, one number for each worker that carried some of them out
 * @param open orders that did not end
 * @param load the load average when it began and when it ended
 */
record WorkersResult(
    String drill,
    boolean passed,
    int ordersAtOnce,
    long answerMillis,
    double mostOfOne,
    Phase alone,
    Phase together,
    double factor,
    double asked,
    List<Long> shares,
    int open,
    double[] load) {

  /**
   * What was measured with so many workers.
   *
   * @param waitedMillis for a worker, of the last orders, the median
   * @param workedMillis from when a worker took the order, the median
   * @param busyPercent of the processors
   */
  record Phase(
      int orders, double ordersPerSecond, long waitedMillis, long workedMillis, long busyPercent) {}

  static WorkersResult of(
      WorkersPlan plan, Phase alone, Phase together, List<Long> shares, int open, double[] load) {
    double factor = factor(alone, together);
    return new WorkersResult(
        "workers",
        factor >= WorkersPlan.ASKED && shares.size() == 2 && open == 0,
        plan.ordersAtOnce(),
        plan.answer().toMillis(),
        Math.round(plan.mostOfOne() * 10) / 10.0,
        alone,
        together,
        factor,
        WorkersPlan.ASKED,
        shares,
        open,
        load);
  }

  /** None where one worker alone did nothing: nothing was seen then that two are faster than. */
  private static double factor(Phase alone, Phase together) {
    return alone.orders() == 0
        ? 0
        : Math.round(100 * together.ordersPerSecond() / alone.ordersPerSecond()) / 100.0;
  }

  /** For people. */
  Table table() {
    Table table =
        Table.of(
            "WORKERS", "ORDERS", "ORDERS/S", "WAITED, MS", "WORKED AT, MS", "PROCESSORS BUSY, %");
    add(table, "one", alone);
    add(table, "two", together);
    return table;
  }

  private static void add(Table table, String workers, Phase phase) {
    table.row(
        workers,
        phase.orders(),
        phase.ordersPerSecond(),
        phase.waitedMillis(),
        phase.workedMillis(),
        phase.busyPercent());
  }

  /** What it was that bounded them. */
  List<String> inWords() {
    return List.of(
        "Each worker carries %d orders at a time, and the provider takes %d ms for each: the slots"
                .formatted(ordersAtOnce, answerMillis)
            + " allow %s orders a second and worker at most.".formatted(mostOfOne),
        "Two workers were %s times as fast as one (asked: %s); of the last orders they carried out"
                .formatted(factor, asked)
            + " %s.".formatted(shares));
  }
}
