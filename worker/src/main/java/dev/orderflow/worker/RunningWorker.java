package dev.orderflow.worker;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.util.Modules;
import com.uber.m3.tally.Scope;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.client.OrderClient;
import dev.orderflow.worker.check.DatabaseChecks;
import dev.orderflow.worker.check.PaymentChecks;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.TemporalChecks;
import dev.orderflow.worker.check.TemporalConnection;
import dev.orderflow.worker.check.TemporalNamespace;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.TemporalConfig;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.worker.gateway.Gateway;
import dev.orderflow.worker.metrics.TemporalMetrics;
import io.grpc.StatusRuntimeException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker at work, from the checks at its start to its draining. */
public final class RunningWorker implements AutoCloseable {

  /** Services that are started at the same moment are given this long to answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** Longer than any single attempt of a step within a workflow task. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** How old Temporal's own figures may be. */
  private static final Duration COUNTED_EVERY = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(RunningWorker.class);

  private final TemporalConfig config;
  private final Role role;
  private final Deque<AutoCloseable> parts;
  private final HealthEndpoint health;
  private final Injector injector;

  private RunningWorker(
      TemporalConfig config,
      Role role,
      Deque<AutoCloseable> parts,
      HealthEndpoint health,
      Injector injector) {
    this.config = config;
    this.role = role;
    this.parts = parts;
    this.health = health;
    this.injector = injector;
  }

  /**
   * Starts a worker in the role its configuration asks for: {@link #prepare}, then {@link #begin}.
   *
   * @param overrides bindings that replace the worker's own
   * @throws dev.orderflow.worker.config.ConfigException when the configuration can't be used
   * @throws Refusal when something is missing or does not answer
   */
  public static RunningWorker start(WorkerConfig config, Module... overrides) {
    RunningWorker worker = prepare(config, Role.of(config), overrides);
    worker.begin();
    return worker;
  }

  /**
   * Makes a worker that could begin, or refuses and leaves nothing open.
   *
   * @param overrides bindings that replace the worker's own
   * @throws dev.orderflow.worker.config.ConfigException when the configuration can't be used
   * @throws Refusal when something is missing or does not answer
   */
  public static RunningWorker prepare(WorkerConfig config, Role role, Module... overrides) {
    DataConverter converter = config.codec().dataConverter();
    role.require(config);
    PaymentChecks.sandbox(config).require();
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      Scope counting = TemporalMetrics.into(meters, COUNTED_EVERY);
      parts.push(counting);
      TemporalConnection temporal = TemporalConnection.open(config.temporal(), PATIENCE, counting);
      parts.push(temporal);
      requireTemporal(temporal, config);
      DatabaseChecks database = new DatabaseChecks(config.database());
      database.reachable(PATIENCE).require();
      database.migrations().require();
      WorkflowClient client = temporal.client(converter, identity());
      Injector injector =
          Guice.createInjector(
              Modules.override(new WorkerModule(config, client, meters)).with(overrides));
      HikariDataSource pool = injector.getInstance(HikariDataSource.class);
      parts.push(pool);
      PaymentChecks.channel(channels(injector)).require();
      return assemble(config, role, injector, temporal, parts);
    } catch (RuntimeException e) {
      closeAll(parts);
      throw explained(e);
    }
  }

  /** The gateway last: it is the first to close, and accepts nothing that would be left lying. */
  private static RunningWorker assemble(
      WorkerConfig config,
      Role role,
      Injector injector,
      TemporalConnection temporal,
      Deque<AutoCloseable> parts) {
    DataSource pool = injector.getInstance(DataSource.class);
    OrderWorker worker = role.carries() ? injector.getInstance(OrderWorker.class) : null;
    HealthEndpoint health =
        HealthEndpoint.open(
            config.health(),
            () -> (worker == null || worker.isRunning()) && temporal.answers(),
            () -> answers(pool),
            injector.getInstance(PrometheusMeterRegistry.class)::scrape);
    parts.push(health);
    if (worker != null) {
      parts.push(injector.getInstance(Sweeper.class));
      parts.push(() -> worker.drain(GRACE));
    }
    if (role.receives()) {
      parts.push(injector.getInstance(OrderClient.class));
      if (!role.carries()) {
        Gateway.warmUp(injector.getInstance(Inbox.class));
      }
      parts.push(injector.getInstance(Gateway.class));
    }
    return new RunningWorker(config.temporal(), role, parts, health, injector);
  }

  /** A part that could not be made says why itself. */
  private static RuntimeException explained(RuntimeException e) {
    return e instanceof ProvisionException && e.getCause() instanceof ConfigException told
        ? told
        : e;
  }

  /** Takes orders, callbacks or both. Whoever stops it must be ready to by now. */
  public void begin() {
    if (role.carries()) {
      injector.getInstance(Sweeper.class).start();
      injector.getInstance(OrderWorker.class).start();
      LOG.info(
          "Working on task queue '{}' of namespace '{}'; health on port {}",
          config.taskQueue(),
          injector.getInstance(WorkflowClient.class).getOptions().getNamespace(),
          health.port());
    } else {
      LOG.info("Health on port {}", health.port());
    }
    if (role.receives()) {
      injector.getInstance(Gateway.class).begin();
    }
  }

  private static void requireTemporal(TemporalConnection temporal, WorkerConfig config) {
    try (TemporalNamespace namespace = temporal.namespace()) {
      TemporalChecks checks = new TemporalChecks(namespace, config.temporal());
      checks.namespace().require();
      checks.searchAttributes().require();
    } catch (StatusRuntimeException e) {
      throw new Refusal(TemporalChecks.notAnswered(e));
    }
  }

  private static Channels channels(Injector injector) {
    try {
      return injector.getInstance(Channels.class);
    } catch (ProvisionException e) {
      throw new Refusal(PaymentChecks.cannotBeMade(e));
    }
  }

  private static boolean answers(DataSource source) {
    try (Connection connection = source.getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Seen in the Web UI beside everything this worker did: process and host. */
  private static String identity() {
    return "orderflow-" + ManagementFactory.getRuntimeMXBean().getName();
  }

  /** Where {@code GET /health} is answered. */
  public int healthPort() {
    return health.port();
  }

  /** What the worker is made of. */
  public Injector injector() {
    return injector;
  }

  /** Finishes what was begun, within 28 seconds, and lets go of everything. */
  @Override
  public void close() {
    LOG.info("Draining: nothing new is taken, what was begun is finished");
    closeAll(parts);
    LOG.info("Stopped");
  }

  /** Newest first; one that fails keeps no other open. */
  private static void closeAll(Deque<AutoCloseable> parts) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("Not closed: {}", Refusal.cause(e));
      }
    }
  }
}
