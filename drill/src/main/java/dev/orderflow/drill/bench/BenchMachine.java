package dev.orderflow.drill.bench;

import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.dev.Directory;
import dev.orderflow.dev.LocalOptions;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.dev.PartName;
import dev.orderflow.drill.machine.DatabaseAddress;
import dev.orderflow.drill.machine.JavaProcess;
import dev.orderflow.drill.machine.TemporalServer;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is measured, running. */
final class BenchMachine implements AutoCloseable {

  private final Directory directory;
  private final Optional<TemporalServer> given;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private LocalSystem system;
  private LoadProcess worker;
  private Process remoteWorker;
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

  private void startParts() throws InterruptedException, SQLException {
    LocalOptions whole = LocalOptions.throwAway(directory).without(PartName.WORKER);
    LocalOptions wanted = given.isPresent() ? whole.without(PartName.TEMPORAL) : whole;
    // What statements are counted by is loaded when the database starts.
    LocalOptions database = wanted.without(PartName.TEMPORAL, PartName.SANDBOX);
    try (LocalSystem first = LocalSystem.start(database)) {
      DatabaseCount.execute(
          DatabaseAddress.ofLedger(first.addresses()),
          "alter system set shared_preload_libraries = 'pg_stat_statements'");
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
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
    worker = LoadProcess.start(java, LoadMain.Company.WORKER, toml.worker(), run);
    parts.push(worker);
    remoteWorker = toml.startRemoteWorker(java);
    parts.push(this::endRemoteWorker);
    remoteStarter = LoadProcess.start(java, LoadMain.Company.NOBODY, toml.remoteWorker(), run);
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
    other = Optional.of(LoadProcess.start(java, LoadMain.Company.OTHER_WORKER, toml, run));
    parts.push(other.get());
    otherStarter = Optional.of(LoadProcess.start(first, LoadMain.Company.NOBODY, toml, run));
    parts.push(otherStarter.get());
  }

  private void endRemoteWorker() {
    remoteWorker.destroy();
    JavaProcess.awaitEnd(remoteWorker, 40);
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
  Map<Party, Long> processes(Variant variant) {
    Map<Party, Long> pids = new EnumMap<>(Party.class);
    pids.put(Party.WORKER, workerPid(variant));
    if (starter(variant).pid() != workerPid(variant)) {
      pids.put(Party.STARTER, starter(variant).pid());
    }
    given.ifPresentOrElse(
        server -> {
          server.pid().ifPresent(pid -> pids.put(Party.TEMPORAL, pid));
          server.postgresqlPid().ifPresent(pid -> pids.put(Party.TEMPORAL_POSTGRESQL, pid));
        },
        () -> pids.put(Party.TEMPORAL, system.pid(PartName.TEMPORAL)));
    pids.put(Party.POSTGRESQL, system.pid(PartName.POSTGRES));
    pids.put(Party.SANDBOX, system.pid(PartName.SANDBOX));
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
