package dev.orderflow.drill.bench;

import dev.orderflow.cli.Progress;
import dev.orderflow.dev.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Warms up, and measures the variants in turn, round by round. */
final class Bench {

  private static final Duration PROFILED = Duration.ofSeconds(30);

  private final BenchMachine machine;
  private final BenchPlan plan;
  private final Progress progress;
  private final Consumer<String> events;
  private long next;

  /**
   * @param events told how far it is, one line at a time
   */
  Bench(BenchMachine machine, BenchPlan plan, Progress progress, Consumer<String> events) {
    this.machine = machine;
    this.events = events;
    this.plan = plan;
    this.progress = progress;
  }

  /** What a variant's orders did instead of ending as they should. */
  static final class InvalidMeasurement extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidMeasurement(Variant variant, LoadResult result) {
      super(
          "%s: %d of %d orders did not end as they should: %s"
              .formatted(variant.word(), result.failed(), result.all(), result.firstFailure()));
    }
  }

  /**
   * The measurements of all rounds.
   *
   * @throws InvalidMeasurement when an order did not end as it should: what was measured means
   *     nothing then
   */
  List<Measurement> run() throws IOException, InterruptedException, SQLException {
    for (Variant variant : plan.variants()) {
      warmUp(variant);
    }
    List<Measurement> all = new ArrayList<>();
    List<Variant> turns = new ArrayList<>(plan.variants());
    for (int round = 0; round < plan.rounds(); round++) {
      for (Variant variant : turns) {
        Measurement measured = measure(variant);
        all.add(measured);
        told(round + 1, measured);
      }
      // None is always measured behind the same one.
      Collections.rotate(turns, 1);
    }
    return all;
  }

  private void told(int round, Measurement measured) {
    String line =
        String.format(
            Locale.ROOT,
            "round %d of %d: %s, %.1f orders/s",
            round,
            plan.rounds(),
            measured.variant().word(),
            measured.closed().ordersPerSecond());
    progress.aside(() -> events.accept(line));
  }

  private void warmUp(Variant variant) throws IOException, InterruptedException {
    long orders = plan.warmUp(variant);
    long piece = Math.max(1, orders / BenchPlan.WARM_UP_STEPS);
    for (int i = 0; i < BenchPlan.WARM_UP_STEPS; i++) {
      serve(variant, new Workload.Counted(plan.inFlight(), piece));
      progress.step();
    }
  }

  private Measurement measure(Variant variant)
      throws IOException, InterruptedException, SQLException {
    Map<Component, Long> pids = machine.processes(variant);
    Map<Component, Double> cpu = cpu(pids);
    DatabaseCount ledger = DatabaseCount.of(machine.ledger());
    Optional<DatabaseCount> temporal = temporal();
    LoadResult closed = serve(variant, new Workload.Closed(plan.inFlight(), plan.closed()));
    cpu(pids)
        .forEach((component, seconds) -> cpu.merge(component, seconds, (from, to) -> to - from));
    DatabaseCount ledgerNow = DatabaseCount.of(machine.ledger());
    Optional<DatabaseCount> temporalNow = temporal();
    double half = closed.ordersPerSecond() / 2;
    LoadResult open = serve(variant, new Workload.Open(half, plan.open()));
    Figures histories = Figures.NONE;
    for (String id : closed.sample()) {
      histories = histories.plus(Figures.of(machine.temporal().fetchHistory(id).getEvents()));
    }
    progress.step();
    return new Measurement(
        variant,
        closed,
        open,
        half,
        cpu,
        ledgerNow.since(ledger),
        temporalNow.flatMap(now -> temporal.map(now::since)),
        histories,
        closed.sample().size());
  }

  /**
   * Records one more load of healthy orders. As it begins, the recorder changes some of the JDK's
   * code, which is then compiled anew: of the compilers the profile says too much.
   */
  Profile profile() throws IOException, InterruptedException, SQLException {
    Path recording = machine.file("worker.jfr");
    long pid = machine.workerPid(Variant.HEALTHY);
    Map<String, Double> before = Threads.of(pid);
    DatabaseCount.forget(machine.ledger());
    Workload workload = new Workload.Closed(plan.inFlight(), PROFILED);
    LoadResult result =
        serve(new LoadRequest(Variant.HEALTHY, next, workload, Optional.of(recording)));
    Map<String, Double> threads = Threads.of(pid);
    before.forEach((kind, seconds) -> threads.merge(kind, -seconds, Double::sum));
    return Profile.of(result.all(), threads, recording, DatabaseCount.executed(machine.ledger()));
  }

  private LoadResult serve(Variant variant, Workload workload)
      throws IOException, InterruptedException {
    return serve(LoadRequest.of(variant, next, workload));
  }

  /** Serves, and makes sure that it was what it should be. */
  private LoadResult serve(LoadRequest request) throws IOException, InterruptedException {
    LoadResult result = machine.starter(request.variant()).serve(request);
    // So that the kinds of a mix keep their shares, each load begins with the same kind.
    next += (result.all() / Purchases.PERIOD + 1) * Purchases.PERIOD;
    if (result.failed() > 0) {
      throw new InvalidMeasurement(request.variant(), result);
    }
    return result;
  }

  private Optional<DatabaseCount> temporal() throws SQLException {
    return machine.temporalDatabase().isPresent()
        ? Optional.of(DatabaseCount.of(machine.temporalDatabase().get()))
        : Optional.empty();
  }

  private static Map<Component, Double> cpu(Map<Component, Long> pids) {
    Map<Component, Double> seconds = new EnumMap<>(Component.class);
    pids.forEach((component, pid) -> seconds.put(component, CpuTime.ofTree(pid)));
    return seconds;
  }
}
