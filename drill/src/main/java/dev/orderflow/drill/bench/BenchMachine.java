package dev.orderflow.drill.bench;

import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.dev.Directory;
import dev.orderflow.dev.LocalOptions;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.dev.PartName;
import dev.orderflow.drill.machine.DatabaseAddress;
import dev.orderflow.drill.machine.JavaProcess;
import dev.orderflow.drill.machine.TemporalServer;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.worker.RunningWorker;
import dev.orderflow.worker.WorkerMain;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Everything that is measured, running. */
final class BenchMachine implements AutoCloseable {

  /** And nothing else before its end: this process says nothing while it is measured. */
  private static final String SAYS_WHEN_READY =
      "-Dorg.slf4j.simpleLogger.log." + RunningWorker.class.getName() + "=info";

  private final Directory directory;
  private final Optional<TemporalServer> given;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private LocalSystem system;
  private LoadProcess worker;
  private WorkerProcess remoteWorker;
  private LoadProcess remoteStarter;
  private Optional<LoadProcess> other = Optional.empty();
  private Optional<LoadProcess> otherStarter = Optional.empty();
  private WorkflowClient temporal;

  private BenchMachine(Directory directory, Optional<TemporalServer> given) {
    this.directory = directory;
    this.given = given;
  }

  /**
   * Starts everything.
   *
   * @param directory a new one
   * @param given the Temporal server; the embedded one when empty
   * @param options for the JVMs of the worker and of the starter
   * @param otherwise what a second worker is told; empty where there is none
   * @param run what no other run on that server is called
   */
  static BenchMachine start(
      Directory directory,
      Optional<TemporalServer> given,
      List<String> options,
      Optional<OtherWorker> otherwise,
      String run)
      throws IOException, InterruptedException, SQLException {
    BenchMachine machine = new BenchMachine(directory, given);
    try {
      machine.startParts();
      machine.startMeasured(options, otherwise, run);
      return machine;
    } catch (IOException | InterruptedException | SQLException | RuntimeException failed) {
      machine.close();
      throw failed;
    }
  }

  private void startParts() throws IOException, InterruptedException, SQLException {
    LocalOptions whole = LocalOptions.throwAway(directory).without(PartName.WORKER);
    LocalOptions wanted = given.isPresent() ? whole.without(PartName.TEMPORAL) : whole;
    // What statements are counted by is loaded when the database starts.
    LocalOptions database = wanted.without(PartName.TEMPORAL, PartName.SANDBOX);
    try (LocalSystem first = LocalSystem.start(database)) {
      DatabaseCount.execute(
          DatabaseAddress.ofLedger(first.addresses()),
          "alter system set shared_preload_libraries = 'pg_stat_statements'");
    }
    system = LocalSystem.start(wanted);
    parts.push(system);
  }

  private void startMeasured(List<String> options, Optional<OtherWorker> otherwise, String run)
      throws IOException, InterruptedException, SQLException {
    BenchToml toml = BenchToml.write(directory, system.addresses(), given, run);
    JavaProcess java = new JavaProcess(options, directory.file("measured.log"));
    java.setUp(toml.worker());
    DatabaseCount.prepare(ledger());
    if (temporalDatabase().isPresent()) {
      DatabaseCount.prepare(temporalDatabase().get());
    }
    Purchases.stock(toml.worker());
    worker = LoadProcess.start(java, LoadMain.Deployment.WORKER, toml.worker(), run);
    parts.push(worker);
    remoteWorker = startRemoteWorker(java, toml.remoteWorker());
    parts.push(remoteWorker);
    remoteStarter =
        LoadProcess.start(java, LoadMain.Deployment.STARTER_ALONE, toml.remoteWorker(), run);
    parts.push(remoteStarter);
    if (otherwise.isPresent()) {
      startOther(otherwise.get(), java, run);
    }
    temporal = ConnectionSettings.usual().withConfigFile(toml.temporal()).open();
    parts.push(temporal.getWorkflowServiceStubs()::shutdownNow);
  }

  private void startOther(OtherWorker told, JavaProcess first, String run)
      throws IOException, InterruptedException {
    JavaProcess java = new JavaProcess(told.javaOptions().orElse(first.options()), first.log());
    Path toml = BenchToml.writeOther(directory, told.settings(), run);
    other = Optional.of(LoadProcess.start(java, LoadMain.Deployment.OTHER_WORKER, toml, run));
    parts.push(other.get());
    otherStarter =
        Optional.of(LoadProcess.start(first, LoadMain.Deployment.STARTER_ALONE, toml, run));
    parts.push(otherStarter.get());
  }

  private WorkerProcess startRemoteWorker(JavaProcess java, Path config)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectory(directory.file("remote-worker"));
    List<String> jvm = Stream.concat(java.options().stream(), Stream.of(SAYS_WHEN_READY)).toList();
    List<String> arguments = List.of("--config", config.toString(), "--role", "worker");
    ProcessBuilder program =
        new JavaProcess(jvm, java.log()).builder(WorkerMain.class.getName(), arguments);
    try {
      return WorkerProcess.start(folder, program);
    } catch (AssertionError | ConditionTimeoutException late) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new IOException("the worker did not start: " + late.getMessage(), late);
    }
  }

  /** Who places the orders of a variant. */
  LoadProcess starter(Variant variant) {
    return switch (variant) {
      case REMOTE -> remoteStarter;
      case OTHER_HEALTHY, OTHER_ASYNC -> other.orElseThrow();
      case OTHER_REMOTE -> otherStarter.orElseThrow();
      case FLOOR, HEALTHY, TEXTBOOK, MIX, ASYNC -> worker;
    };
  }

  /** The process in which the orders of a variant are worked on. */
  long workerPid(Variant variant) {
    return switch (variant) {
      case REMOTE -> remoteWorker.pid();
      case OTHER_REMOTE -> other.orElseThrow().pid();
      case FLOOR, HEALTHY, TEXTBOOK, MIX, ASYNC, OTHER_HEALTHY, OTHER_ASYNC ->
          starter(variant).pid();
    };
  }

  WorkflowClient temporal() {
    return temporal;
  }

  /** The processes whose CPU time is told apart, as far as they are on this machine. */
  Map<Component, Long> processes(Variant variant) {
    Map<Component, Long> pids = new EnumMap<>(Component.class);
    pids.put(Component.WORKER, workerPid(variant));
    if (starter(variant).pid() != workerPid(variant)) {
      pids.put(Component.STARTER, starter(variant).pid());
    }
    given.ifPresentOrElse(
        server -> {
          server.pid().ifPresent(pid -> pids.put(Component.TEMPORAL, pid));
          server.postgresqlPid().ifPresent(pid -> pids.put(Component.TEMPORAL_POSTGRESQL, pid));
        },
        () -> pids.put(Component.TEMPORAL, system.pid(PartName.TEMPORAL)));
    pids.put(Component.POSTGRESQL, system.pid(PartName.POSTGRES));
    pids.put(Component.SANDBOX, system.pid(PartName.SANDBOX));
    return pids;
  }

  DatabaseAddress ledger() throws IOException {
    return DatabaseAddress.ofLedger(system.addresses());
  }

  /** Where Temporal keeps its histories, if that is known. */
  Optional<DatabaseAddress> temporalDatabase() {
    return given.flatMap(TemporalServer::database);
  }

  /** Which server it is, for people. */
  String temporalServer() {
    return TemporalServer.inWords(temporal, given);
  }

  /** A file in the machine's directory. */
  Path file(String name) {
    return directory.file(name);
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("orderflow bench: not closed: " + e.getMessage());
      }
    }
  }
}
