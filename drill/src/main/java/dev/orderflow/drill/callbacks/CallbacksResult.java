package dev.orderflow.drill.callbacks;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.cli.Table;
import java.util.Map;

/**
 * What came of a drill, times in milliseconds where nothing else is said.
 *
 * @param sinceDue of requests that reached a live gateway, from when they were due
 * @param sinceSent the same from when they were sent
 * @param senderLate how late the sender itself was
 * @param statuses how many answers had which
 * @param cutOff requests in a gateway when it was killed
 * @param notReached requests to a gateway that was not there
 * @param unanswered requests that a live gateway left without an answer
 * @param repeats requests that were sent again
 * @param appliedSeconds from the last event to when all were applied; how long was waited, where
 *     not all were
 * @param load the load average when it began and when it ended
 */
record CallbacksResult(
    String drill,
    @JsonProperty("passed") boolean passed,
    Settings settings,
    long sent,
    Tally.Latency sinceDue,
    Tally.Latency sinceSent,
    Tally.Latency senderLate,
    Map<Integer, Long> statuses,
    long cutOff,
    long notReached,
    long unanswered,
    long repeats,
    CallbacksBooks.Findings books,
    double appliedSeconds,
    double[] load) {

  /** What was asked for. */
  record Settings(
      int rate, int copies, long seconds, int kills, int events, int orders, long seed) {

    static Settings of(CallbacksPlan plan) {
      return new Settings(
          plan.rate(),
          plan.copies(),
          plan.duration().toSeconds(),
          plan.kills(),
          plan.events(),
          plan.orders(),
          plan.seed());
    }
  }

  static CallbacksResult of(
      CallbacksPlan plan,
      Tally tally,
      CallbacksBooks.Findings books,
      double appliedSeconds,
      double[] load) {
    return new CallbacksResult(
        "callbacks",
        books.isBalanced(),
        Settings.of(plan),
        tally.sent.get(),
        tally.sinceDue(),
        tally.sinceSent(),
        tally.late(),
        tally.statuses(),
        tally.cutOff.get(),
        tally.notReached.get(),
        tally.unansweredByLive.get(),
        tally.repeats.get(),
        books,
        appliedSeconds,
        load);
  }

  Table latencies() {
    Table table = Table.of("LATENCY, MS", "P50", "P95", "P99", "P99.9", "MAX");
    add(table, "since it was due", sinceDue);
    add(table, "since it was sent", sinceSent);
    add(table, "sender late by", senderLate);
    return table;
  }

  private static void add(Table table, String what, Tally.Latency of) {
    table.row(what, of.p50(), of.p95(), of.p99(), of.p999(), of.max());
  }

  Table counts() {
    return Table.of("WHAT", "COUNT")
        .row("requests sent", sent)
        .row("answered, by status", statuses)
        .row("cut off by a kill", cutOff)
        .row("to a gateway that was not there", notReached)
        .row("unanswered by a live gateway", unanswered)
        .row("sent again", repeats)
        .row("events stored, of " + settings.events(), books.stored())
        .row("events delivered", books.delivered())
        .row("orders completed, of " + settings.orders(), books.completed())
        .row("events lost", books.lost())
        .row("orders still open", books.open())
        .row("applied twice", books.twice())
        .row("applied within, s", appliedSeconds)
        .row("load average, before and after", load[0] + ", " + load[1]);
  }
}
