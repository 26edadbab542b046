package dev.orderflow.drill.callbacks;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.TimestampedSignature;
import dev.orderflow.cli.Progress;
import dev.orderflow.dev.Addresses;
import dev.orderflow.drill.LoadAverage;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.drill.machine.WorkerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Two gateways before one inbox, a provider that sends every event many times, and kills: does an
 * answer come soon, and is each event applied exactly once?
 */
final class CallbacksDrill {

  private static final String PATH = "/callbacks/sandbox-wallet";

  /**
   * A callback tells an order that it is paid, as long as it comes within minutes of the order. The
   * question that it causes may fail, as any: it is repeated once before {@link
   * CallbacksPlan#PATIENCE} is over.
   *
   * <p>The deliveries are those of each gateway: an order that hears of its payment takes this
   * machine's processors some 70 ms, and the answers come first. The pool is the usual one: three
   * processes share the database.
   */
  private static final String SETTINGS =
      """
      payment.waiting.deadline = "2h"
      payment.waiting.ladder = ["4m", "1h"]
      gateway.deliveries-per-second = 6
      database.pool-size = 16
      """;

  private final CallbacksPlan plan;
  private final Consumer<String> says;

  CallbacksDrill(CallbacksPlan plan, Consumer<String> says) {
    this.plan = plan;
    this.says = says;
  }

  CallbacksResult run() throws Exception {
    says.accept("Starting Temporal, PostgreSQL, the sandbox, a worker and two gateways …");
    try (Machine machine = new Machine(says)) {
      Addresses at = machine.addresses();
      try (WorkerProcess worker =
              WorkerProcess.begin(machine, machine.config(SETTINGS), "--role", "worker");
          GatewayProcess first = gateway(machine, at.callbacks().getPort());
          GatewayProcess second = gateway(machine, at.health().getPort())) {
        worker.awaitReady();
        return drill(machine, List.of(first, second));
      }
    }
  }

  private static GatewayProcess gateway(Machine machine, int port) throws IOException {
    return GatewayProcess.start(machine, machine.config(Machine.hearing(port) + SETTINGS), port);
  }

  private CallbacksResult drill(Machine machine, List<GatewayProcess> gateways) throws Exception {
    Addresses at = machine.addresses();
    Outside outside = new Outside(at.sandbox(), Files.readString(at.sandboxApiKeyFile()).strip());
    says.accept("Placing " + plan.orders() + " orders, which their customers pay …");
    Orders orders = Orders.place(machine, outside, plan.orders());
    Sender sender = new Sender(gateways, PATH, signature(machine), plan.rate() * plan.seconds());
    CallbacksBooks books = new CallbacksBooks(machine, outside, plan.events(), orders);
    double before = LoadAverage.now();
    says.accept(
        "Sending %d requests a second, %d copies of each event, for %d s after %d s to warm up …"
            .formatted(
                plan.rate(),
                plan.copies(),
                plan.duration().toSeconds(),
                plan.warmUp().toSeconds()));
    send(sender, orders, gateways.get(0));
    double after = LoadAverage.now();
    double applied = awaitApplied(sender, books);
    sender.end();
    return CallbacksResult.of(
        plan, sender.tally(), books.findings(), applied, new double[] {before, after});
  }

  private static TimestampedSignature signature(Machine machine) throws IOException {
    Path secret = machine.addresses().workerToml().resolveSibling("secrets/sandbox-webhook");
    return new TimestampedSignature(List.of(Secret.of(Files.readString(secret).strip())));
  }

  private void send(Sender sender, Orders orders, GatewayProcess victim) throws Exception {
    long begin = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    List<Attempt> attempts = attempts(orders.events(plan.events()), begin);
    sender.begin(attempts);
    long measured = begin + plan.warmUp().toNanos();
    try (Progress progress = Progress.onTerminal("Sending", attempts.size())) {
      for (int kill = 1; kill <= plan.kills(); kill++) {
        sleepUntil(measured + plan.killAt(kill).toNanos(), sender, progress, attempts.size());
        victim.killAndRestart();
      }
      sleepUntil(measured + plan.duration().toNanos(), sender, progress, attempts.size());
    }
  }

  private static void sleepUntil(long when, Sender sender, Progress progress, int all)
      throws InterruptedException {
    while (System.nanoTime() < when) {
      TimeUnit.MILLISECONDS.sleep(100);
      progress.stepTo(all - sender.left());
    }
  }

  /** The copies of a second's events, shuffled; to one gateway and the other by turns. */
  private List<Attempt> attempts(List<Event> events, long begin) {
    Random lot = new Random(plan.seed());
    long interval = TimeUnit.SECONDS.toNanos(1) / plan.rate();
    List<Attempt> attempts = new ArrayList<>();
    for (int second = 0; second < plan.seconds(); second++) {
      int from = second * plan.eventsPerSecond();
      List<Event> copies = new ArrayList<>();
      for (Event event : events.subList(from, from + plan.eventsPerSecond())) {
        copies.addAll(Collections.nCopies(plan.copies(), event));
      }
      Collections.shuffle(copies, lot);
      for (Event event : copies) {
        int number = attempts.size();
        attempts.add(
            new Attempt(
                event,
                begin + number * interval,
                number % 2,
                0,
                second >= plan.warmUp().toSeconds()));
      }
    }
    return attempts;
  }

  private double awaitApplied(Sender sender, CallbacksBooks books) throws InterruptedException {
    long begin = System.nanoTime();
    long deadline = begin + CallbacksPlan.PATIENCE.toNanos();
    try (Progress progress = Progress.onTerminal("Waiting until all is applied")) {
      while (!(sender.awaitAcknowledged(0) && books.isApplied()) && System.nanoTime() < deadline) {
        progress.step();
        TimeUnit.MILLISECONDS.sleep(250);
      }
    }
    return Math.round((System.nanoTime() - begin) / 1e8) / 10.0;
  }
}
