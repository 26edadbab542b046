package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.timeline.Stage;
import dev.orderflow.activities.timeline.StageFigures;
import dev.orderflow.activities.timeline.Timeline;
import dev.orderflow.activities.timeline.Timelines;
import dev.orderflow.activities.timeline.WaitedFor;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the time of orders went. */
@Command(
    name = "timeline",
    description = {
      "Show the stages of an order as a waterfall: when each began and ended, and who was waited"
          + " for: us, the provider (of payments or mail), the customer, an operator.",
      "With --all: at which stages orders of a span of time waited, and wait now."
    })
final class TimelineCommand implements Callable<Integer> {

  private static final Duration USUAL = Duration.ofDays(1);

  @Parameters(arity = "0..1", paramLabel = "ORDER", description = "The order's id")
  private OrderId order;

  @Option(names = "--all", description = "Of all orders, by stage")
  private boolean all;

  @Option(
      names = "--since",
      paramLabel = "SPAN",
      description = "With --all: what began so long ago at most (default: 1d)")
  private Duration since;

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  /** One order. */
  record Row(
      OrderId order,
      OrderStatus status,
      Instant begin,
      Instant end,
      Map<String, Long> totalMillis,
      List<StageRow> stages) {

    static Row of(Timeline way) {
      Map<String, Long> totals = new TreeMap<>();
      way.totals().forEach((who, time) -> totals.put(who.name(), time.toMillis()));
      return new Row(
          way.order(),
          way.status(),
          way.begin(),
          way.end(),
          totals,
          way.stages().stream().map(stage -> StageRow.of(stage, way.end())).toList());
    }
  }

  /** One stage of one order. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record StageRow(
      String stage,
      WaitedFor waitedFor,
      Instant begin,
      Optional<Instant> end,
      long durationMillis,
      Optional<String> outcome) {

    static StageRow of(Stage stage, Instant now) {
      return new StageRow(
          stage.name(),
          stage.waitedFor(),
          stage.begin(),
          stage.end(),
          stage.duration(now).toMillis(),
          stage.outcome());
    }
  }

  /** One stage of all orders. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record FigureRow(
      String stage,
      WaitedFor waitedFor,
      long ended,
      Optional<Long> p50Millis,
      Optional<Long> p95Millis,
      long waitingNow,
      Optional<Long> oldestMillis) {

    static FigureRow of(StageFigures.Figure figure) {
      return new FigureRow(
          figure.name(),
          figure.waitedFor(),
          figure.ended(),
          figure.p50().map(Duration::toMillis),
          figure.p95().map(Duration::toMillis),
          figure.waitingNow(),
          figure.oldest().map(Duration::toMillis));
    }
  }

  @Override
  public Integer call() {
    if (order != null && (all || since != null)) {
      String option = all ? "--all" : "--since";
      throw new CliException(
          ExitCode.USAGE,
          "ORDER: '"
              + order
              + "' and "
              + option
              + " exclude each other; name the order alone, or leave it out");
    }
    if (!all && order == null) {
      throw new CliException(ExitCode.USAGE, "name an ORDER, or ask for --all");
    }
    return all
        ? LedgerAccess.with(config, StageFigures.class, this::printAll)
        : LedgerAccess.with(config, Timelines.class, this::printOne);
  }

  private void printOne(Timelines timelines) {
    Timeline way =
        timelines
            .of(order)
            .orElseThrow(
                () ->
                    new CliException(
                        ExitCode.NOT_FOUND, "ORDER: the ledger has no order " + order));
    if (output.format() == Output.Format.JSON) {
      output.json(Row.of(way));
      return;
    }
    output.line(
        way.order()
            + "  "
            + way.status()
            + "  "
            + Elapsed.text(Duration.between(way.begin(), way.end())));
    output.table(WaterfallTable.of(way));
    output.line(
        "waited for: "
            + Stream.of(WaitedFor.values())
                .filter(way.totals()::containsKey)
                .map(who -> who.word() + " " + Elapsed.text(way.totals().get(who)))
                .collect(Collectors.joining(", ")));
  }

  private void printAll(StageFigures stages) {
    List<StageFigures.Figure> figures = figures(stages);
    if (output.format() == Output.Format.JSON) {
      figures.forEach(figure -> output.json(FigureRow.of(figure)));
      return;
    }
    Table table = Table.of("STAGE", "WAITED FOR", "ENDED", "P50", "P95", "WAITING NOW", "OLDEST");
    figures.forEach(
        figure ->
            table.row(
                figure.name(),
                figure.waitedFor().word(),
                figure.ended(),
                figure.p50().map(Elapsed::text),
                figure.p95().map(Elapsed::text),
                figure.waitingNow(),
                figure.oldest().map(Elapsed::text)));
    output.table(table);
  }

  private List<StageFigures.Figure> figures(StageFigures stages) {
    try {
      return stages.since(Optional.ofNullable(since).orElse(USUAL));
    } catch (RuntimeException e) {
      throw SqlState.STATEMENT_STOPPED.isOf(e)
          ? new CliException(
              ExitCode.DEADLINE, "--since: too much began in that time; ask for less", e)
          : e;
    }
  }
}
