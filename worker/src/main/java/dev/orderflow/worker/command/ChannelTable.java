package dev.orderflow.worker.command;

import dev.orderflow.cli.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Channels for people; what is here shortened is whole in JSON. */
final class ChannelTable {

  private static final int MOST_ERRORS = 2;

  private ChannelTable() {}

  static Table of(List<ChannelOverview.Row> rows) {
    Table table =
        Table.of(
            "CHANNEL",
            "STATE",
            "SUCCEEDED",
            "DECLINED",
            "NOT EXECUTED",
            "WAITING",
            "SUCCESS",
            "P50",
            "P95",
            "P99",
            "IN DOUBT",
            "OLDEST UNKNOWN",
            "RESOLVED P95",
            "CALLBACK P95",
            "PROBE",
            "ERRORS");
    rows.forEach(
        row ->
            table.row(
                row.channel(),
                row.state(),
                row.succeeded(),
                row.declined(),
                row.notExecuted(),
                row.waiting(),
                row.successRate().map(rate -> "%.1f %%".formatted(rate * 100)),
                row.p50Millis().map(ChannelTable::span),
                row.p95Millis().map(ChannelTable::span),
                row.p99Millis().map(ChannelTable::span),
                row.inDoubt(),
                row.oldestUnknownSeconds().map(s -> s + " s"),
                row.timeToResolveP95Millis().map(ChannelTable::span),
                row.callbackDeliveredP95Millis().map(ChannelTable::span),
                row.probe().map(ChannelTable::probe),
                errors(row.errors())));
    return table;
  }

  private static String span(long millis) {
    return millis < 10_000 ? millis + " ms" : millis / 1_000 + " s";
  }

  private static String probe(ChannelOverview.Probe probe) {
    String since =
        probe.sinceSuccessSeconds().map(s -> "succeeded " + s + " s ago").orElse("never succeeded");
    return probe.last().equals("FAILED")
        ? "FAILED" + probe.reason().map(code -> " " + code).orElse("") + ", " + since
        : since;
  }

  private static Optional<String> errors(List<ChannelOverview.Error> errors) {
    return errors.isEmpty()
        ? Optional.empty()
        : Optional.of(
            errors.stream()
                .limit(MOST_ERRORS)
                .map(error -> error.count() + " " + error.code())
                .collect(Collectors.joining(", ")));
  }
}
