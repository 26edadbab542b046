package dev.orderflow.dev;

import dev.orderflow.cli.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code orderflow dev}: a whole machine in the foreground, until Ctrl-C. */
@Command(
    name = "dev",
    sortOptions = false,
    description = {
      "Runs everything on this machine: Temporal with its Web UI, PostgreSQL, the sandbox and a"
          + " worker. What ends is started again; data lasts.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped by --stop, or done",
      "1:a part could not be started",
      "2:wrong usage",
      "10:it already runs in this directory",
      "11:a port is taken",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or a SIGTERM that is not --stop's"
    })
final class DevCommand implements Callable<Integer> {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Where it lives: data, logs, configuration (default: $ORDERFLOW_DIR, or"
              + " ./.orderflow).")
  private Path dir;

  @Option(names = "--port-temporal", paramLabel = "N", description = "Temporal (default: 7233).")
  private Integer temporal;

  @Option(
      names = "--port-temporal-ui",
      paramLabel = "N",
      description = "Temporal's Web UI (default: 8233).")
  private Integer temporalUi;

  @Option(names = "--port-postgres", paramLabel = "N", description = "PostgreSQL (default: 5433).")
  private Integer postgres;

  @Option(
      names = "--port-sandbox",
      paramLabel = "N",
      description = "The sandbox's payment provider (default: 8888).")
  private Integer sandbox;

  @Option(
      names = "--port-smtp",
      paramLabel = "N",
      description = "The sandbox's mail sink (default: 2525).")
  private Integer smtp;

  @Option(
      names = "--port-worker",
      paramLabel = "N",
      description = "The worker's health page (default: 8081).")
  private Integer worker;

  @Option(
      names = "--port-gateway",
      paramLabel = "N",
      description = "The worker's gateway, for callbacks (default: 8089).")
  private Integer gateway;

  @ArgGroup private OtherPorts otherPorts = new OtherPorts();

  /** One way or the other. */
  private static final class OtherPorts {
    @Option(
        names = "--port-offset",
        paramLabel = "N",
        description = "Added to every default port: a second machine beside the first.")
    private int offset;

    @Option(
        names = "--random-ports",
        description = "Any free ports. The directory remembers them, as it remembers all ports.")
    private boolean random;
  }

  @Option(names = "--without-worker", description = "You run the worker yourself.")
  private boolean withoutWorker;

  @Option(names = "--stop", description = "Stops the one that runs in this directory.")
  private boolean stop;

  @Option(names = "--reset", description = "Deletes all data in this directory. Needs --yes.")
  private boolean reset;

  @Option(names = "--yes", description = "Yes, delete.")
  private boolean yes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Directory directory = dir == null ? Directory.usual(System.getenv()) : new Directory(dir);
    try {
      if (reset && !yes) {
        throw new ParameterException(
            spec.commandLine(),
            "--reset deletes all orders and logs in %s: add --yes if that is meant"
                .formatted(directory.root()));
      }
      if (stop || reset) {
        say(new Stopping(directory).stop());
        if (reset) {
          directory.reset();
          say("deleted what was in " + directory.root());
        }
        return ExitCode.OK.code();
      }
      return run(directory);
    } catch (CannotStart failed) {
      say("orderflow dev: " + failed.getMessage());
      if (failed.reason() == CannotStart.Reason.ALREADY_RUNNING) {
        Summary.ofRunning(directory).ifPresent(this::say);
      }
      return failed.reason().exitCode();
    }
  }

  private int run(Directory directory) throws InterruptedException {
    long begin = System.nanoTime();
    var parts = EnumSet.allOf(PartName.class);
    if (withoutWorker) {
      parts.remove(PartName.WORKER);
    }
    try (var end = OrderlyEnd.ofThisThread(new Stopping(directory)::isWanted);
        var system = LocalSystem.start(new LocalOptions(directory, ports(), parts, this::say))) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(Summary.of(directory, system.addresses(), parts));
      out.printf("Ready after %.1f s. Ctrl-C stops.%n", (System.nanoTime() - begin) / 1e9);
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException asked) {
      // by the end, which waits until the parts have stopped
    }
    return ExitCode.OK.code();
  }

  private PortChoice ports() {
    Map<Port, Integer> named = new EnumMap<>(Port.class);
    name(named, Port.TEMPORAL, temporal);
    name(named, Port.TEMPORAL_UI, temporalUi);
    name(named, Port.POSTGRES, postgres);
    name(named, Port.SANDBOX, sandbox);
    name(named, Port.SMTP, smtp);
    name(named, Port.WORKER, worker);
    name(named, Port.GATEWAY, gateway);
    return new PortChoice(
        named,
        otherPorts.random
            ? new PortChoice.Otherwise.AnyFree()
            : new PortChoice.Otherwise.Usual(otherPorts.offset));
  }

  private static void name(Map<Port, Integer> named, Port port, Integer number) {
    if (number != null) {
      named.put(port, number);
    }
  }

  private synchronized void say(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
