package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.worker.check.DatabaseChecks;
import dev.orderflow.worker.check.ProbeSchedule;
import dev.orderflow.worker.check.ReconcileSchedule;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.SearchAttributeSetup;
import dev.orderflow.worker.check.TemporalChecks;
import dev.orderflow.worker.check.TemporalConnection;
import dev.orderflow.worker.check.TemporalNamespace;
import dev.orderflow.worker.config.WorkerConfig;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates what a worker needs and is not there yet. */
@Command(
    name = "setup",
    description =
        "Create what is missing: search attributes, tables, the schedules of"
            + " reconciliation and probes where they are configured, and on request the namespace."
            + " May be repeated.")
final class SetupCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Mixin private ConfigOption config;
  @Mixin private Output output;

  @Option(names = "--create-namespace", description = "Create the namespace if it is missing")
  private boolean createNamespace;

  @Option(
      names = "--retention",
      paramLabel = "SPAN",
      defaultValue = "30d",
      description = "How long a created namespace keeps closed workflows (default: 30d)")
  private Duration retention;

  /** One thing that is there now. */
  record Done(String subject, @JsonProperty("did") String what) {}

  @Override
  public Integer call() {
    WorkerConfig read = config.read();
    try {
      temporal(read);
      database(read);
      return ExitCode.OK.code();
    } catch (Refusal e) {
      throw e.toCli();
    }
  }

  private void temporal(WorkerConfig read) {
    try (TemporalConnection temporal = TemporalConnection.open(read.temporal(), PATIENCE);
        TemporalNamespace namespace = temporal.namespace()) {
      if (createNamespace && !namespace.exists()) {
        namespace.create(retention);
        say("namespace", "created '" + namespace.name() + "'");
      } else {
        new TemporalChecks(namespace, read.temporal()).namespace().require();
        say("namespace", "'" + namespace.name() + "' was there");
      }
      say("search attributes", new SearchAttributeSetup(namespace).carryOut());
      if (read.settlement().dailyAt().isPresent()) {
        say("schedule", new ReconcileSchedule(temporal, read).carryOut());
      }
      if (read.probe().isPresent()) {
        say("schedule", new ProbeSchedule(temporal, read).carryOut());
      }
    } catch (StatusRuntimeException e) {
      throw new Refusal(TemporalChecks.notAnswered(e));
    }
  }

  private void database(WorkerConfig read) {
    new DatabaseChecks(read.database()).reachable(PATIENCE).require();
    int applied = new Migrations(read.database()).migrate();
    say("migrations", applied == 0 ? "were applied" : "applied " + applied);
  }

  private void say(String subject, String what) {
    if (output.format() == Output.Format.JSON) {
      output.json(new Done(subject, what));
    } else {
      output.line(subject + ": " + what);
    }
  }
}
