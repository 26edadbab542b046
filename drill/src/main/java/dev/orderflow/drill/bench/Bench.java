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
  static final class Spoilt extends RuntimeException {
    private static final long serialVersionUID = 1;

    Spoilt(Variant variant, Served served) {
      super(
          "%s: %d of %d orders did not end as they should: %s"
              .formatted(variant.word(), served.otherwise(), served.all(), served.firstTrouble()));
    }
  }

  /**
   * The measurements of all rounds.
   *
   * @throws Spoilt when an order did not end as it should: what was measured means nothing then
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
      serve(variant, new Pace.Counted(plan.inFlight(), piece));
      progress.step();
    }
  }

  private Measurement measure(Variant variant)
      throws IOException, InterruptedException, SQLException {
    Map<Party, Long> pids = machine.processes(variant);
    Map<Party, Double> cpu = cpu(pids);
    DatabaseCount ledger = DatabaseCount.of(machine.ledger());
    Optional<DatabaseCount> temporal = temporal();
    Served closed = serve(variant, new Pace.Closed(plan.inFlight(), plan.closed()));
    cpu(pids).forEach((party, seconds) -> cpu.merge(party, seconds, (from, to) -> to - from));
    DatabaseCount ledgerNow = DatabaseCount.of(machine.ledger());
    Optional<DatabaseCount> temporalNow = temporal();
    double half = closed.ordersPerSecond() / 2;
    Served open = serve(variant, new Pace.Open(half, plan.open()));
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
   * Records a further shift of healthy orders. As it begins, the recorder changes some of the JDK's
   * code, which is then compiled anew: of the compilers the profile says too much.
   */
  Profile profile() throws IOException, InterruptedException, SQLException {
    Path recording = machine.file("worker.jfr");
    long pid = machine.workerPid(Variant.HEALTHY);
    Map<String, Double> before = Threads.of(pid);
    DatabaseCount.forget(machine.ledger());
    Pace pace = new Pace.Closed(plan.inFlight(), PROFILED);
    Served served = serve(new Shift(Variant.HEALTHY, next, pace, Optional.of(recording)));
    Map<String, Double> threads = Threads.of(pid);
    before.forEach((kind, seconds) -> threads.merge(kind, -seconds, Double::sum));
    return Profile.of(served.all(), threads, recording, DatabaseCount.executed(machine.ledger()));
  }

  private Served serve(Variant variant, Pace pace) throws IOException, InterruptedException {
    return serve(Shift.of(variant, next, pace));
  }

  /** Serves, and makes sure that it was what it should be. */
  private Served serve(Shift shift) throws IOException, InterruptedException {
    Served served = machine.starter(shift.variant()).serve(shift);
    // So that the kinds of a mix keep their shares, each shift begins with the same kind.
    next += (served.all() / 20 + 1) * 20;
    if (served.otherwise() > 0) {
      throw new Spoilt(shift.variant(), served);
    }
    return served;
  }

  private Optional<DatabaseCount> temporal() throws SQLException {
    return machine.temporalDatabase().isPresent()
        ? Optional.of(DatabaseCount.of(machine.temporalDatabase().get()))
        : Optional.empty();
  }

  private static Map<Party, Double> cpu(Map<Party, Long> pids) {
    Map<Party, Double> seconds = new EnumMap<>(Party.class);
    pids.forEach((party, pid) -> seconds.put(party, CpuTime.ofTree(pid)));
    return seconds;
  }
}
