package dev.orderflow.drill.scale;

import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Progress;
import dev.orderflow.drill.LoadAverage;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.TemporalServer;
import dev.orderflow.drill.machine.WorkerProcess;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * A file of many orders, placed by a process with little heap that is killed in the middle and
 * started again: is each order there exactly once?
 */
final class PlaceDrill {

  private final PlacePlan plan;
  private final Consumer<String> says;

  PlaceDrill(PlacePlan plan, Consumer<String> says) {
    this.plan = plan;
    this.says = says;
  }

  /**
   * On a machine of its own.
   *
   * @param temporal the server; the machine's own when empty
   */
  PlaceResult run(Optional<TemporalServer> temporal) throws Exception {
    says.accept(
        (temporal.isPresent() ? "Starting" : "Starting Temporal,")
            + " PostgreSQL, the sandbox and a worker …");
    try (Machine machine = new Machine(says, temporal);
        WorkerProcess worker = WorkerProcess.begin(machine, machine.config())) {
      worker.awaitReady();
      return run(machine);
    }
  }

  /** On a machine with a worker. */
  PlaceResult run(Machine machine) throws Exception {
    Wares.stock(machine);
    says.accept("Writing a file of " + plan.orders() + " orders …");
    OrderFile file =
        OrderFile.write(machine.folder().resolve("orders.jsonl"), machine.runName(), plan.orders());
    PlaceBooks books = new PlaceBooks(machine, file);
    double before = LoadAverage.now();
    long begin = System.nanoTime();
    says.accept(
        "Placing them with a heap of %d MB, until half of them are placed …"
            .formatted(plan.heapMegabytes()));
    try (PlacingProcess first = PlacingProcess.start(machine, file, plan)) {
      await(first, "Placing", plan.orders() / 2);
      first.kill();
      says.accept("Killed it; the same command again …");
      long again = System.nanoTime();
      try (PlacingProcess second = PlacingProcess.start(machine, file, plan)) {
        await(second, "Placing again", Integer.MAX_VALUE);
        second.requireExit(ExitCode.REFUSED.code());
        double placing = secondsSince(again);
        says.accept("Waiting until the worker is through …");
        awaitEnded(books);
        return PlaceResult.of(
            plan,
            file,
            new PlaceResult.Runs(first.said(), second.said(), second.rejects()),
            new PlaceResult.Times(placing, secondsSince(begin)),
            Math.max(first.peakMegabytes(), second.peakMegabytes()),
            books.findings(),
            new PlaceResult.Conditions(
                machine.temporalServer(), new double[] {before, LoadAverage.now()}));
      }
    }
  }

  /** Until so many lines are through, or it has ended. */
  private void await(PlacingProcess process, String task, int lines) throws Exception {
    try (Progress progress = Progress.onTerminal(task, plan.orders())) {
      Standstill standstill = new Standstill(PlacePlan.PATIENCE);
      int done = process.lines();
      while (done < lines && process.isAlive()) {
        standstill.look(done, "no order was placed");
        process.linger();
        done = process.lines();
        progress.stepTo(done);
      }
      if (done < lines && lines < plan.orders()) {
        throw process.ended();
      }
    }
  }

  private void awaitEnded(PlaceBooks books) throws InterruptedException {
    IntSupplier ended = books::ended;
    try (Progress progress = Progress.onTerminal("Carrying out", plan.orders())) {
      Standstill standstill = new Standstill(PlacePlan.PATIENCE);
      int done = ended.getAsInt();
      while (done < plan.orders()) {
        standstill.look(done, "no order ended");
        TimeUnit.MILLISECONDS.sleep(500);
        done = ended.getAsInt();
        progress.stepTo(done);
      }
    }
  }

  private static double secondsSince(long nanos) {
    return Math.round((System.nanoTime() - nanos) / 1e8) / 10.0;
  }
}
