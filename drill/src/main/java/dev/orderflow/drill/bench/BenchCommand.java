package dev.orderflow.drill.bench;

import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Progress;
import dev.orderflow.dev.CannotStart;
import dev.orderflow.dev.Home;
import dev.orderflow.dev.OrderlyEnd;
import dev.orderflow.drill.LoadAverage;
import dev.orderflow.drill.machine.TemporalOption;
import dev.orderflow.drill.machine.TemporalServer;
import dev.orderflow.workflows.payload.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code orderflow bench}: what an order costs beside an empty workflow. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
      "Measures what an order costs beside an empty workflow: starts a throw-away machine, lets"
          + " customers order in turn by each variant, and prints tables and, as its last line,"
          + " JSON. Takes about twenty minutes; leaves nothing behind.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything was measured",
      "1:an order did not end as it should, or a part could not be started",
      "2:wrong usage",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
final class BenchCommand implements Callable<Integer> {

  @Option(names = "--quick", description = "Fewer and shorter rounds: less than ten minutes.")
  private boolean quick;

  @Option(
      names = "--variants",
      split = ",",
      paramLabel = "VARIANT",
      completionCandidates = Originals.class,
      description = "Only these of ${COMPLETION-CANDIDATES} (default: all).")
  private List<Variant> variants = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Rounds (default: 5; quick: 3).")
  private Optional<Integer> rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description =
          "Orders of each variant before; a tenth for textbook, a fifth for async (5000; quick:"
              + " 1500).")
  private Optional<Long> warmUp;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "8",
      description = "Customers at once in closed loop (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Mixin private TemporalOption temporal;

  @Option(
      names = "--java-options",
      paramLabel = "OPTIONS",
      defaultValue = "-Xms256m -Xmx256m -XX:+UseSerialGC",
      description = "For the worker's and the starter's JVM (default: ${DEFAULT-VALUE}).")
  private String javaOptions;

  @Option(
      names = "--other",
      paramLabel = "KEY=VALUE",
      description =
          "HEALTHY, ASYNC and REMOTE by a further worker, too, with this line in its"
              + " orderflow.toml, such as temporal.orders-at-once=16, a text in quotes of its own;"
              + " repeatable. To be compared with one of them as --variants: more warm the first"
              + " worker up more, and all take half an hour.")
  private List<String> otherSettings = List.of();

  @Option(
      names = "--other-java-options",
      paramLabel = "OPTIONS",
      description = "The same, with these for its JVM instead of --java-options.")
  private Optional<String> otherJavaOptions;

  @Option(
      names = "--profile",
      description = "Then records another round of healthy orders and says what took the time.")
  private boolean profile;

  @Spec private CommandSpec spec;

  /** For the help. */
  private static final class Originals implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Variant.originals().stream().map(Variant::name).iterator();
    }
  }

  @Override
  public Integer call() throws IOException, SQLException {
    Optional<TemporalServer> server = temporal.server();
    try (OrderlyEnd end = OrderlyEnd.ofThisThread();
        Home home = Home.temporary("bench")) {
      try {
        return bench(home, server);
      } finally {
        Thread.interrupted();
      }
    } catch (CannotStart failed) {
      err().println("orderflow bench: " + failed.getMessage());
      return failed.reason().exitCode();
    } catch (Bench.InvalidMeasurement | IOException failed) {
      err().println("orderflow bench: " + failed.getMessage());
      return ExitCode.FAILED.code();
    } catch (InterruptedException asked) {
      return ExitCode.INTERRUPTED.code();
    }
  }

  private int bench(Home home, Optional<TemporalServer> server)
      throws IOException, InterruptedException, SQLException {
    Optional<OtherWorker> other = other();
    BenchPlan plan = plan(other);
    double before = LoadAverage.now();
    String run = "b" + Long.toString(System.currentTimeMillis(), 36);
    err().println("Starting what is measured …");
    try (BenchMachine machine =
            BenchMachine.start(home.directory(), server, options(), other, run);
        Progress progress = Progress.onTerminal("bench", plan.steps())) {
      Bench bench = new Bench(machine, plan, progress, event -> err().println(event));
      List<Measurement> measured = bench.run();
      progress.close();
      BenchReport report = report(plan, other, machine, before, VariantFigures.of(measured));
      report.print(out());
      if (profile) {
        bench.profile().print(out());
      }
      out().println(Json.text(report));
      out().flush();
      return ExitCode.OK.code();
    }
  }

  private BenchReport report(
      BenchPlan plan,
      Optional<OtherWorker> other,
      BenchMachine machine,
      double before,
      List<VariantFigures> figures) {
    return new BenchReport(
        machine.temporalServer(),
        Runtime.version() + " " + System.getProperty("java.vendor"),
        options(),
        other,
        Runtime.getRuntime().availableProcessors(),
        List.of(before, LoadAverage.now()),
        plan,
        plan.rounds(),
        plan.inFlight(),
        figures);
  }

  private Optional<OtherWorker> other() {
    if (otherSettings.isEmpty() && otherJavaOptions.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new OtherWorker(otherSettings, otherJavaOptions.map(BenchCommand::words)));
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private BenchPlan plan(Optional<OtherWorker> other) {
    if (inFlight < 1 || rounds.orElse(1) < 1 || warmUp.orElse(1L) < 0) {
      throw new ParameterException(
          spec.commandLine(), "--in-flight and --rounds are 1 or more, --warm-up is not negative");
    }
    List<Variant> inOrder = List.copyOf(variants(other));
    BenchPlan plan =
        quick ? BenchPlan.quick(inOrder, inFlight) : BenchPlan.thorough(inOrder, inFlight);
    plan = rounds.map(plan::withRounds).orElse(plan);
    return warmUp.map(plan::withWarmUp).orElse(plan);
  }

  private Set<Variant> variants(Optional<OtherWorker> other) {
    Set<Variant> chosen = variants.isEmpty() ? Variant.originals() : EnumSet.copyOf(variants);
    if (!Variant.originals().containsAll(chosen)) {
      throw new ParameterException(
          spec.commandLine(), "--variants: what another worker carries is said by --other");
    }
    if (other.isEmpty()) {
      return chosen;
    }
    Set<Variant> both = Variant.withOthers(chosen);
    if (both.equals(chosen)) {
      throw new ParameterException(
          spec.commandLine(), "--other: --variants has none of HEALTHY, ASYNC and REMOTE");
    }
    return both;
  }

  private List<String> options() {
    return words(javaOptions);
  }

  private static List<String> words(String options) {
    return options.isBlank() ? List.of() : List.of(options.strip().split("\\s+"));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
