package dev.orderflow.drill.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.client.OrderClient;
import dev.orderflow.dev.Addresses;
import dev.orderflow.dev.Directory;
import dev.orderflow.dev.Home;
import dev.orderflow.dev.LocalOptions;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.dev.PartName;
import dev.orderflow.dev.PortChoice;
import dev.orderflow.drill.AtExit;
import dev.orderflow.workflows.order.OrderAttributes;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * The real Temporal, PostgreSQL and sandbox, in a directory that is thrown away, or with a Temporal
 * server that is there already. A worker is there for whoever wants one.
 */
public final class Machine implements AutoCloseable {

  /**
   * What its worker is told, besides where everything is: prices from the caller, room for many who
   * stop, and short time-outs, because whoever takes over from the dead waits until theirs are
   * over.
   */
  private static final String WORKER =
      """
      health.port = 0
      gateway.listen = "127.0.0.1:0"
      order.prices = "caller"
      order.local-budget = "6s"
      database.pool-size = 40
      payment.sandbox.max-in-flight = 64
      payment.sandbox.timeout = "5s"
      notification.max-in-flight = 64
      notification.timeout = "5s"
      """;

  /** What no other machine on the same Temporal server is called. */
  private final String run = Long.toString(System.currentTimeMillis(), 36);

  private final Optional<TemporalServer> given;
  private final Home home;
  private final Path folder;
  private final LocalSystem system;
  private final WorkflowClient temporal;
  private final OrderClient orders;
  private final HikariDataSource ledger;
  private final Outside outside;
  private final Path config;
  private final AtExit end;
  private Optional<WorkerProcess> worker = Optional.empty();

  /** Silent about what its parts do. */
  public Machine() throws Exception {
    this(event -> {});
  }

  /**
   * Starts it; returns when all its parts serve.
   *
   * @param events told what its parts do
   */
  public Machine(Consumer<String> events) throws Exception {
    this(events, Optional.empty());
  }

  /**
   * The same, its orders carried by a Temporal server that others may use, too: on a task queue of
   * its own there.
   *
   * @param given the server; one of the machine's own when empty
   */
  public Machine(Consumer<String> events, Optional<TemporalServer> given) throws Exception {
    this.given = given;
    home = Home.temporary("drill");
    folder = home.directory().root().toRealPath();
    Directory directory = new Directory(folder.resolve("machine"));
    Set<PartName> parts = EnumSet.complementOf(EnumSet.of(PartName.WORKER));
    given.ifPresent(server -> parts.remove(PartName.TEMPORAL));
    system = started(new LocalOptions(directory, PortChoice.anyFree(), parts, events));
    end = AtExit.run(this::stop);
    Addresses at = system.addresses();
    DatabaseAddress database = DatabaseAddress.ofLedger(at);
    setUp(at, database);
    temporal = ConnectionSettings.usual().withConfigFile(at.temporalToml()).open();
    orders = OrderClient.over(temporal, taskQueue());
    outside = new Outside(at.sandbox(), Files.readString(at.sandboxApiKeyFile()).strip());
    ledger = database.pool(8);
    config = folder.resolve("worker.toml");
    Files.writeString(config, Toml.with(Files.readString(at.workerToml()), WORKER));
  }

  private LocalSystem started(LocalOptions options) throws Exception {
    try {
      return LocalSystem.start(options);
    } catch (Exception failed) {
      home.close();
      throw failed;
    }
  }

  /** A server that is given may lack the namespace; what is the machine's own lacks the tables. */
  private void setUp(Addresses at, DatabaseAddress database)
      throws IOException, InterruptedException {
    if (given.isPresent()) {
      given.get().serve(at, taskQueue());
      new JavaProcess(List.of("-Xmx128m", "-XX:+UseSerialGC"), folder.resolve("setup.log"))
          .setUp(at.workerToml());
      return;
    }
    DatabaseConfig ours =
        new DatabaseConfig(
            database.url(),
            Optional.of(database.user()),
            Optional.of(Secret.of(database.password())),
            null);
    new Migrations(ours).migrate();
  }

  private String taskQueue() {
    return given.isPresent() ? "drill-" + run : OrderAttributes.TASK_QUEUE;
  }

  public Addresses addresses() {
    return system.addresses();
  }

  /** What no other machine on the same Temporal server is called, fit for an order's key. */
  public String runName() {
    return run;
  }

  /** Which Temporal server it has, for people. */
  public String temporalServer() {
    return TemporalServer.inWords(temporal, given);
  }

  /** Our own tables. */
  public Jdbi ledger() {
    return Jdbi.create(ledger);
  }

  /** Where tests put their files. */
  public Path folder() {
    return folder;
  }

  /** The worker's configuration, without a port for callbacks. */
  public Path config() {
    return config;
  }

  /** The same with further settings, which take the place of its own, in a new file. */
  public Path config(String settings) throws IOException {
    Path file = Files.createTempFile(folder, "worker", ".toml");
    return Files.writeString(file, Toml.with(Files.readString(config), settings));
  }

  /** The same for one worker at a time, where the sandbox's callbacks arrive. */
  public Path configHearingCallbacks(String settings) throws IOException {
    return config(hearing(addresses().callbacks().getPort()) + settings);
  }

  /** The setting with which callbacks are heard at that port. */
  public static String hearing(int port) {
    return "gateway.listen = \"127.0.0.1:%d\"\n".formatted(port);
  }

  /** As commands are given it by {@code --dir}. */
  public Path directory() {
    return folder.resolve("machine");
  }

  /** A worker as it is shipped, at work. It stays for the tests that follow. */
  public WorkerProcess worker() throws IOException {
    if (worker.isEmpty()) {
      worker = Optional.of(WorkerProcess.start(this));
    }
    return worker.get();
  }

  /** Sees to it that nobody works, but whom the test starts itself. */
  public void withoutWorker() {
    worker.ifPresent(WorkerProcess::close);
    worker = Optional.empty();
  }

  public WorkflowClient temporal() {
    return temporal;
  }

  public OrderClient orders() {
    return orders;
  }

  /** The provider and the mail sink. */
  public Outside outside() {
    return outside;
  }

  @Override
  public void close() {
    withoutWorker();
    orders.close();
    temporal.getWorkflowServiceStubs().shutdownNow();
    temporal.getWorkflowServiceStubs().awaitTermination(5, TimeUnit.SECONDS);
    ledger.close();
    end.forget();
    stop();
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
        .as("processes left behind")
        .isEmpty();
  }

  /** Also where the tests are broken off. */
  private void stop() {
    system.close();
    home.close();
  }
}
