package dev.orderflow.drill.scale;

import dev.orderflow.cli.Progress;
import dev.orderflow.drill.LoadAverage;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A provider that takes its time, a worker whose slots all wait for it, and a second one that is
 * added while the first is at work: do they share the orders?
 */
final class WorkersDrill {

  /** Of so many orders is looked who carried them out. */
  private static final int LOOKED_AT = 100;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final WorkersPlan plan;
  private final Consumer<String> says;

  WorkersDrill(WorkersPlan plan, Consumer<String> says) {
    this.plan = plan;
    this.says = says;
  }

  WorkersResult run() throws Exception {
    says.accept("Starting Temporal, PostgreSQL, the sandbox and a worker …");
    double before = LoadAverage.now();
    try (Machine machine = new Machine(says)) {
      Wares.stock(machine);
      Path config = config(machine);
      try (WorkerProcess first = WorkerProcess.begin(machine, config);
          Backlog backlog = Backlog.start(machine, plan)) {
        first.awaitReady();
        WorkersResult.Phase alone = phase("One worker", machine, backlog);
        says.accept("Adding a second worker …");
        try (WorkerProcess second = WorkerProcess.begin(machine, config)) {
          second.awaitReady();
          WorkersResult.Phase together = phase("Two workers", machine, backlog);
          List<Long> shares = Carried.shares(carried(machine, backlog));
          says.accept("Waiting until the last orders are through …");
          int placed = backlog.stop();
          int completed = awaitCompleted(backlog, placed);
          double[] load = {before, LoadAverage.now()};
          return WorkersResult.of(plan, alone, together, shares, placed - completed, load);
        }
      }
    }
  }

  /** Room for so many orders, and more than enough of everything else. */
  private Path config(Machine machine) throws IOException {
    return machine.config(
        """
        temporal.orders-at-once = %d
        database.pool-size = 16
        """
            .formatted(plan.ordersAtOnce()));
  }

  private WorkersResult.Phase phase(String name, Machine machine, Backlog backlog)
      throws InterruptedException {
    Processors processors = new Processors();
    try (Progress progress = Progress.onTerminal(name, seconds())) {
      await(plan.settle(), 0, progress);
      processors.busySinceLast();
      int begin = backlog.completed();
      long since = System.nanoTime();
      await(plan.measured(), plan.settle().toSeconds(), progress);
      int completed = backlog.completed() - begin;
      double seconds = (System.nanoTime() - since) / 1e9;
      long busy = processors.busySinceLast();
      List<Carried> last = carried(machine, backlog);
      return new WorkersResult.Phase(
          completed,
          rounded(completed / seconds),
          Carried.median(last, Carried::waitedMillis),
          Carried.median(last, Carried::workedMillis),
          busy);
    }
  }

  private static List<Carried> carried(Machine machine, Backlog backlog) {
    return backlog.last(LOOKED_AT).stream().map(order -> Carried.of(machine, order)).toList();
  }

  private long seconds() {
    return plan.settle().plus(plan.measured()).toSeconds();
  }

  private static void await(Duration time, long before, Progress progress)
      throws InterruptedException {
    for (long second = 0; second < time.toSeconds(); second++) {
      TimeUnit.SECONDS.sleep(1);
      progress.stepTo(before + second + 1);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static int awaitCompleted(Backlog backlog, int placed) throws InterruptedException {
    Standstill standstill = new Standstill(PATIENCE);
    int completed = backlog.completed();
    while (completed < placed) {
      standstill.look(completed, "no order was completed");
      TimeUnit.MILLISECONDS.sleep(200);
      completed = backlog.completed();
    }
    return completed;
  }
}
