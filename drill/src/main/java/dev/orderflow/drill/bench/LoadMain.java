package dev.orderflow.drill.bench;

import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.client.OrderClient;
import dev.orderflow.worker.Role;
import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.payload.Json;
import io.temporal.client.WorkflowClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import jdk.jfr.Recording;

/**
 * The process that places orders: with the worker in it, so that the first task of an order needs
 * no way over the network, or without. Reads {@link Shift}s from standard input, a line each, and
 * answers each with a line; ends with its input, when what was begun is finished.
 */
public final class LoadMain {

  /** Printed when it can be asked. */
  static final String READY = "ready";

  private static final Duration SAMPLED_EVERY = Duration.ofMillis(10);

  /** Its input has ended. */
  private static final String END = "";

  private final Customers customers;
  private final PrintStream answers;
  private volatile Optional<Load> current = Optional.empty();

  private LoadMain(Customers customers, PrintStream answers) {
    this.customers = customers;
    this.answers = answers;
  }

  /**
   * @param arguments the {@link Company}, the worker's configuration, and the run's own word
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Company company = Company.valueOf(arguments[0]);
    WorkerConfig config = WorkerConfig.read(Path.of(arguments[1]));
    Purchases purchases = new Purchases(arguments[2]);
    String yardsticks = YardsticksWorker.taskQueue(arguments[2]);
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      WorkflowClient client =
          company == Company.NOBODY
              ? connect(config, parts)
              : work(config, company, yardsticks, parts);
      OrderClient orders = OrderClient.over(client, config.temporal().taskQueue());
      parts.push(orders);
      new LoadMain(new Customers(client, orders, purchases, yardsticks), answers).answer();
    } finally {
      closeAll(parts);
    }
    // Threads that wait for a server that may have gone must not keep the process.
    System.exit(0);
  }

  /** Who is in the process beside the starter. */
  enum Company {
    /** The worker of the orders, and of what they are compared with. */
    WORKER,
    /** A worker of orders alone. */
    OTHER_WORKER,
    NOBODY
  }

  private static WorkflowClient work(
      WorkerConfig config, Company company, String taskQueue, Deque<AutoCloseable> parts) {
    // Callbacks come to the first one.
    Role role = company == Company.WORKER ? Role.of(config) : Role.WORKER;
    RunningWorker worker = RunningWorker.prepare(config, role);
    parts.push(worker);
    worker.begin();
    if (company == Company.WORKER) {
      YardsticksWorker yardsticks = new YardsticksWorker(worker.injector(), taskQueue);
      parts.push(yardsticks);
      yardsticks.start();
    }
    return worker.injector().getInstance(WorkflowClient.class);
  }

  private static WorkflowClient connect(WorkerConfig config, Deque<AutoCloseable> parts) {
    WorkflowClient client =
        new ConnectionSettings(
                config.temporal().configFile(),
                config.temporal().profile(),
                config.codec().dataConverter(),
                config.temporal().taskQueue())
            .open();
    parts.push(client.getWorkflowServiceStubs()::shutdownNow);
    return client;
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("not closed: " + e);
      }
    }
  }

  private void answer() throws IOException, InterruptedException {
    BlockingQueue<String> shifts = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(shifts), "shifts");
    reader.setDaemon(true);
    reader.start();
    answers.println(READY);
    for (String line; !(line = shifts.take()).equals(END); ) {
      Shift shift = Json.MAPPER.readValue(line, Shift.class);
      Load load = new Load(customers, shift);
      current = Optional.of(load);
      Served served = shift.recording().isPresent() ? recorded(load, shift) : load.serve();
      answers.println(Json.MAPPER.writeValueAsString(served));
    }
  }

  /** Whoever asked may be gone before it is answered. */
  private void read(BlockingQueue<String> shifts) {
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(shifts::add);
    } catch (IOException | UncheckedIOException e) {
      // as if it had ended
    }
    shifts.add(END);
    current.ifPresent(Load::stop);
  }

  /** Nothing but samples: other events change the JDK's code, which is then compiled anew. */
  private static Served recorded(Load load, Shift shift) throws IOException, InterruptedException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(SAMPLED_EVERY);
      recording.disable("jdbi.statement");
      recording.start();
      Served served = load.serve();
      recording.stop();
      recording.dump(shift.recording().orElseThrow());
      return served;
    }
  }
}
