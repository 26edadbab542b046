package dev.orderflow.worker.command;

import dev.orderflow.activities.timeline.Stage;
import dev.orderflow.activities.timeline.Timeline;
import dev.orderflow.cli.Table;
import dev.orderflow.cli.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An order's stages, with bars where a person looks. */
final class WaterfallTable {

  private static final int WIDTH = 40;

  /** A shorter gap is in the totals, and in JSON. */
  private static final Duration SHORTEST_GAP = Duration.ofMillis(5);

  private WaterfallTable() {}

  static Table of(Timeline way) {
    boolean bars = Terminal.isOutput();
    Table table =
        bars
            ? Table.of("STAGE", "WAITED FOR", "BEGIN", "TOOK", "OUTCOME", "")
            : Table.of("STAGE", "WAITED FOR", "BEGIN", "TOOK", "OUTCOME");
    for (Stage stage : way.stages()) {
      Duration took = stage.duration(way.end());
      if (stage.isGap() && took.compareTo(SHORTEST_GAP) < 0) {
        continue;
      }
      List<Object> cells = new ArrayList<>();
      cells.add(stage.name());
      cells.add(stage.waitedFor().word());
      cells.add("+" + Elapsed.text(Duration.between(way.begin(), stage.begin())));
      cells.add(Elapsed.text(took) + (stage.end().isEmpty() ? " so far" : ""));
      cells.add(stage.outcome());
      if (bars) {
        cells.add(bar(stage, way));
      }
      table.row(cells.toArray());
    }
    return table;
  }

  static String bar(Stage stage, Timeline way) {
    int from = column(stage.begin(), way);
    int to = Math.max(from + 1, column(stage.end().orElse(way.end()), way));
    return " ".repeat(from) + (stage.isGap() ? "." : "#").repeat(to - from);
  }

  private static int column(Instant at, Timeline way) {
    long whole = Math.max(1, Duration.between(way.begin(), way.end()).toNanos() / 1_000);
    long part = Duration.between(way.begin(), at).toNanos() / 1_000;
    return (int) Math.max(0, Math.min(WIDTH - 1, part * WIDTH / whole));
  }
}
