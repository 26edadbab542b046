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
 * no way over the network, or without. Reads {@link LoadRequest}s from standard input, a line each,
 * and answers each with a line; ends with its input, when what was begun is finished.
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
   * @param arguments the {@link Deployment}, the worker's configuration, and the run's own word
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Deployment deployment = Deployment.valueOf(arguments[0]);
    WorkerConfig config = WorkerConfig.read(Path.of(arguments[1]));
    Purchases purchases = new Purchases(arguments[2]);
    String yardsticks = YardsticksWorker.taskQueue(arguments[2]);
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      WorkflowClient client =
          deployment == Deployment.STARTER_ALONE
              ? connect(config, parts)
              : work(config, deployment, yardsticks, parts);
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
  enum Deployment {
    /** The worker of the orders, and of what they are compared with. */
    WORKER,
    /** A worker of orders alone. */
    OTHER_WORKER,
    STARTER_ALONE
  }

  private static WorkflowClient work(
      WorkerConfig config, Deployment deployment, String taskQueue, Deque<AutoCloseable> parts) {
    // Callbacks come to the first one.
    Role role = deployment == Deployment.WORKER ? Role.of(config) : Role.WORKER;
    RunningWorker worker = RunningWorker.prepare(config, role);
    parts.push(worker);
    worker.begin();
    if (deployment == Deployment.WORKER) {
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
    BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(requests), "requests");
    reader.setDaemon(true);
    reader.start();
    answers.println(READY);
    for (String line; !(line = requests.take()).equals(END); ) {
      LoadRequest request = Json.MAPPER.readValue(line, LoadRequest.class);
      Load load = new Load(customers, request);
      current = Optional.of(load);
      LoadResult result = request.recording().isPresent() ? recorded(load, request) : load.serve();
      answers.println(Json.MAPPER.writeValueAsString(result));
    }
  }

  /** Whoever asked may be gone before it is answered. */
  private void read(BlockingQueue<String> requests) {
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(requests::add);
    } catch (IOException | UncheckedIOException e) {
      // as if it had ended
    }
    requests.add(END);
    current.ifPresent(Load::stop);
  }

  /** Nothing but samples: other events change the JDK's code, which is then compiled anew. */
  private static LoadResult recorded(Load load, LoadRequest request)
      throws IOException, InterruptedException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(SAMPLED_EVERY);
      recording.disable("jdbi.statement");
      recording.start();
      LoadResult result = load.serve();
      recording.stop();
      recording.dump(request.recording().orElseThrow());
      return result;
    }
  }
}
