package dev.orderflow.worker.command;

import dev.orderflow.activities.settlement.Difference;
import dev.orderflow.activities.settlement.Settlements;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.cli.Table;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.TemporalConnection;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares what providers settled with the ledger. */
@Command(
    name = "reconcile",
    description = {
      "Compare what providers say they settled on a day with the ledger, and show what differs.",
      "A worker does it; to repeat it changes nothing. Ends with 0 where both agree, with 1 where"
          + " something differs, with 7 where it has not ended in time."
    })
final class ReconcileCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_SHOWN = 100;

  @Option(
      names = "--date",
      paramLabel = "YYYY-MM-DD",
      required = true,
      description = "The day, in UTC")
  private LocalDate date;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Whose report (default: that of every channel that has one)")
  private String channel;

  @Option(
      names = "--deadline",
      paramLabel = "SPAN",
      defaultValue = "1h",
      description = "How long to wait for each (default: 1h); what was begun goes on")
  private Duration deadline;

  @Option(
      names = "--close",
      paramLabel = "REFERENCE",
      description =
          "Instead, close this difference: a person has looked, and nothing is left to do. Needs"
              + " --reason, and --channel where several report")
  private String reference;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "With --close: why, which is required, and kept")
  private String reason;

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  @Override
  public Integer call() {
    List<ExitCode> codes = new ArrayList<>();
    LedgerAccess.with(
        config,
        Settlements.class,
        settlements -> codes.add(reference == null ? compare(settlements) : close(settlements)));
    return codes.get(0).code();
  }

  private ExitCode compare(Settlements settlements) {
    WorkerConfig read = config.read();
    List<Reconciliation> results = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    try (TemporalConnection temporal = TemporalConnection.open(read.temporal(), PATIENCE)) {
      WorkflowClient client = temporal.client(read.codec().dataConverter(), "orderflow-reconcile");
      for (String each : channels(settlements)) {
        var run =
            new ReconcileRun(client, read.temporal().taskQueue(), ReconcileRequest.of(each, date));
        results.add(run.carryOut(deadline));
        differences.addAll(settlements.unsettled(each, date, MOST_SHOWN));
      }
    } catch (Refusal e) {
      throw e.toCli();
    }
    print(results, differences);
    return results.stream().allMatch(Reconciliation::agrees) ? ExitCode.OK : ExitCode.FAILED;
  }

  private Collection<String> channels(Settlements settlements) {
    SortedSet<String> known = settlements.channels();
    if (channel == null) {
      if (known.isEmpty()) {
        throw new CliException(ExitCode.USAGE, "no channel's provider reports what it settled");
      }
      return known;
    }
    if (!known.contains(channel)) {
      throw new CliException(
          ExitCode.USAGE,
          "--channel: '" + channel + "' has no settlement reports; one of " + known);
    }
    return List.of(channel);
  }

  private void print(List<Reconciliation> results, List<Difference> differences) {
    if (output.format() == Output.Format.JSON) {
      results.forEach(output::json);
      differences.forEach(output::json);
      return;
    }
    for (Reconciliation result : results) {
      output.line(
          result.channel()
              + ": "
              + result.rows()
              + " rows; "
              + (result.evaluation() == 0
                  ? ""
                  : result.evaluation() + " are of 'channel evaluate', for no order; ")
              + (result.agrees()
                  ? "the provider and the ledger agree"
                  : result.open()
                      + " differences are open, "
                      + result.signalled()
                      + " were passed on to their orders"));
    }
    if (!differences.isEmpty()) {
      Table table =
          Table.of("CHANNEL", "REFERENCE", "DIFFERENCE", "STATE", "ORDER", "PROVIDER", "LEDGER");
      differences.forEach(
          d ->
              table.row(
                  d.channel(),
                  d.reference(),
                  d.difference(),
                  d.state(),
                  d.order().map(Object::toString).orElse("-"),
                  d.provider().map(Object::toString).orElse("-"),
                  d.ledger().map(Object::toString).orElse("-")));
      output.table(table);
    }
  }

  private ExitCode close(Settlements settlements) {
    String whose = channels(settlements).stream().reduce((one, other) -> "").orElse("");
    if (whose.isEmpty()) {
      throw new CliException(ExitCode.USAGE, "--channel: say whose report it is in");
    }
    if (reason == null || reason.isBlank()) {
      throw new CliException(
          ExitCode.USAGE,
          "--reason: say why "
              + reference
              + " is closed, as in --reason \"booked by hand\"; it is kept");
    }
    var closing =
        new Settlements.Closing(whose, date, reference, System.getProperty("user.name"), reason);
    if (!settlements.close(closing)) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "--close: '" + reference + "' is no unsettled difference of " + whose + " on " + date);
    }
    if (output.format() == Output.Format.TABLE) {
      output.line(reference + " is closed");
    }
    return ExitCode.OK;
  }
}
