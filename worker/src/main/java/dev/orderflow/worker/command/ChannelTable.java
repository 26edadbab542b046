package dev.orderflow.worker.command;

import dev.orderflow.cli.Table;
import java.util.List;

/** Channels for people, in a hundred columns; the rest is on a {@link ChannelPage}. */
final class ChannelTable {

  private ChannelTable() {}

  static Table of(List<ChannelOverview.Row> rows) {
    Table table =
        Table.of(
            "CHANNEL",
            "STATE",
            "SUCCEEDED",
            "DECLINED",
            "FAILED",
            "ANSWERED",
            "P95",
            "IN DOUBT",
            "PROBE");
    rows.forEach(
        row ->
            table.row(
                row.channel(),
                row.state(),
                row.succeeded(),
                row.declined(),
                row.failed(),
                row.answeredRate().map(ChannelTable::percent),
                row.p95Millis().map(ChannelTable::span),
                row.inDoubt(),
                row.probe().map(probe -> probe.last().equals("FAILED") ? "FAILED" : "OK")));
    return table;
  }

  /** Never rounded up to 100: that would hide the one that failed. */
  static String percent(double share) {
    return "%.1f %%".formatted(Math.floor(share * 1_000) / 10);
  }

  static String span(long millis) {
    return millis < 10_000 ? millis + " ms" : millis / 1_000 + " s";
  }
}
