package dev.orderflow.drill.scale;

import dev.orderflow.cli.Table;

/**
 * What came of placing a file of orders.
 *
 * @param temporal which server carried the orders
 * @param badLines in the file, each of which has to be refused and collected
 * @param firstRun what the process said that was killed
 * @param secondRun what the one said that was started again
 * @param collected lines that the second one collected as refused
 * @param linesPerSecond of the second run, its start included: orders placed, found placed, or
 *     refused
 * @param seconds from the start of the first placing process until the last order ended, the kill
 *     included
 * @param ordersPerSecond carried out in these seconds, by one worker
 * @param peakMegabytes the most memory a placing process held, heap and all else; below zero where
 *     the system does not say
 * @param load the load average when it began and when it ended
 */
record PlaceResult(
    String drill,
    boolean passed,
    String temporal,
    int orders,
    int inFlight,
    int badLines,
    PlacingProcess.Said firstRun,
    PlacingProcess.Said secondRun,
    long collected,
    double linesPerSecond,
    double seconds,
    double ordersPerSecond,
    int heapMegabytes,
    long peakMegabytes,
    PlaceBooks.Findings books,
    double[] load) {

  /** What the two runs said, and what the second collected. */
  record Runs(PlacingProcess.Said first, PlacingProcess.Said second, long collected) {

    /**
     * Whether the first run left something over, and the second went over the whole file, and knew
     * again what was there.
     */
    boolean isWhole(OrderFile file) {
      return second.placed() + second.existing() == file.orders()
          && second.existing() >= first.placed()
          && first.placed() < file.orders()
          && first.existing() == 0
          && second.refused() == file.bad()
          && collected == file.bad();
    }
  }

  /** In seconds. */
  record Times(double secondRun, double whole) {}

  /** Under what this was measured. */
  record Conditions(String temporal, double[] load) {}

  static PlaceResult of(
      PlacePlan plan,
      OrderFile file,
      Runs runs,
      Times times,
      long peakMegabytes,
      PlaceBooks.Findings books,
      Conditions under) {
    return new PlaceResult(
        "place",
        runs.isWhole(file) && books.isEachOnce(plan.orders()),
        under.temporal(),
        plan.orders(),
        plan.inFlight(),
        file.bad(),
        runs.first(),
        runs.second(),
        runs.collected(),
        rounded((file.orders() + file.bad()) / times.secondRun()),
        times.whole(),
        rounded(file.orders() / times.whole()),
        plan.heapMegabytes(),
        peakMegabytes,
        books,
        under.load());
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  /** For people. */
  Table table() {
    return Table.of("WHAT", "COUNT")
        .row("orders in the file", orders)
        .row("placed before it was killed", firstRun.placed())
        .row("placed when it was started again", secondRun.placed())
        .row("found placed then", secondRun.existing())
        .row("lines refused, of " + badLines, secondRun.refused())
        .row("orders in the ledger", books.inLedger())
        .row("orders completed", books.completed())
        .row("pieces handed over", books.sold())
        .row("orders charged, by the provider's log", books.charged())
        .row("orders charged twice", books.chargedTwice())
        .row("lines a second, second run", linesPerSecond)
        .row("orders carried out a second", ordersPerSecond)
        .row("seconds, all in all", seconds)
        .row("heap of the placing process, MB", heapMegabytes)
        .row("most memory it held, MB", peakMegabytes)
        .row("load average, before and after", load[0] + ", " + load[1]);
  }
}
