package dev.orderflow.worker.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.payment.SandboxConfig;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.check.DatabaseChecks;
import dev.orderflow.worker.check.Finding;
import dev.orderflow.worker.check.Finding.Verdict;
import dev.orderflow.worker.check.InboxChecks;
import dev.orderflow.worker.check.OutsideChecks;
import dev.orderflow.worker.check.PaymentChecks;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.TemporalChecks;
import dev.orderflow.worker.check.TemporalConnection;
import dev.orderflow.worker.check.TemporalNamespace;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.WorkerConfig;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Looks at everything a worker needs, one thing after the other; what rests on it is left out. */
final class Examination {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final ConfigOption file;
  private final List<Finding> findings = new ArrayList<>();

  Examination(ConfigOption file) {
    this.file = file;
  }

  List<Finding> findings() {
    try {
      WorkerConfig config = file.read();
      config.codec().dataConverter();
      findings.add(Finding.ok("configuration", file.file().toString()));
      temporal(config);
      database(config);
      outside(config);
    } catch (ConfigException e) {
      findings.add(
          Finding.missing(
              "configuration",
              e.getMessage(),
              "correct it; deploy/orderflow.toml explains each key"));
    }
    return List.copyOf(findings);
  }

  private void temporal(WorkerConfig config) {
    try (TemporalConnection temporal = TemporalConnection.open(config.temporal(), PATIENCE);
        TemporalNamespace namespace = temporal.namespace()) {
      findings.add(Finding.ok("temporal", temporal.address()));
      TemporalChecks checks = new TemporalChecks(namespace, config.temporal());
      if (add(checks.namespace())) {
        findings.add(checks.searchAttributes());
        findings.add(checks.workers());
      }
    } catch (Refusal e) {
      findings.add(e.finding());
    } catch (StatusRuntimeException e) {
      findings.add(TemporalChecks.notAnswered(e));
    }
  }

  private void database(WorkerConfig config) {
    DatabaseChecks checks = new DatabaseChecks(config.database());
    if (add(checks.reachable(PATIENCE))) {
      boolean migrated = add(checks.migrations());
      findings.add(checks.clock());
      if (migrated) {
        findings.add(inbox(config));
      }
    }
  }

  private static Finding inbox(WorkerConfig config) {
    Injector injector = Guice.createInjector(new ActivitiesModule(config));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      return InboxChecks.backlog(injector.getInstance(Inbox.class).backlog());
    }
  }

  private void outside(WorkerConfig config) {
    if (add(payment(config))) {
      config
          .payment()
          .sandbox()
          .map(SandboxConfig::url)
          .map(OutsideChecks::payment)
          .ifPresent(findings::add);
    }
    findings.add(OutsideChecks.mail(config.notification()));
  }

  private static Finding payment(WorkerConfig config) {
    Finding sandbox = PaymentChecks.sandbox(config);
    return sandbox.verdict() == Verdict.OK
        ? PaymentChecks.channel(
            Guice.createInjector(new ActivitiesModule(config)).getInstance(Channels.class))
        : sandbox;
  }

  private boolean add(Finding finding) {
    findings.add(finding);
    return finding.verdict() == Verdict.OK;
  }
}
