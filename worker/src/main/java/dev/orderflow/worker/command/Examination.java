package dev.orderflow.worker.command;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.inbox.Inbox;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.payment.ChannelSwitches;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.check.ChannelCheck;
import dev.orderflow.worker.check.DatabaseChecks;
import dev.orderflow.worker.check.Finding;
import dev.orderflow.worker.check.Finding.Verdict;
import dev.orderflow.worker.check.InboxChecks;
import dev.orderflow.worker.check.OutsideChecks;
import dev.orderflow.worker.check.PaymentChecks;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.SwitchChecks;
import dev.orderflow.worker.check.TemporalChecks;
import dev.orderflow.worker.check.TemporalConnection;
import dev.orderflow.worker.check.TemporalNamespace;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.WorkerConfig;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks at everything a worker needs, one thing after the other; what rests on it is left out. */
final class Examination {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Key<Map<String, PaymentChannel>> CHANNELS = new Key<>() {};

  private final ConfigOption file;
  private final List<Finding> findings = new ArrayList<>();

  Examination(ConfigOption file) {
    this.file = file;
  }

  List<Finding> findings() {
    try {
      Path path = file.file();
      if (!Files.exists(path)) {
        return List.of(
            Finding.missing("configuration", path + " does not exist", ConfigOption.NAME_ONE));
      }
      WorkerConfig config = file.read();
      config.codec().dataConverter();
      findings.add(Finding.ok("configuration", path.toString()));
      temporal(config);
      database(config);
      outside(config);
      return findings.stream().map(finding -> finding.naming(path)).toList();
    } catch (ConfigException e) {
      findings.add(
          Finding.missing(
              "configuration",
              e.getMessage(),
              "correct it; deploy/orderflow.toml explains each key"));
      return List.copyOf(findings);
    }
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
        ledger(config);
      }
    }
  }

  private void ledger(WorkerConfig config) {
    Injector injector = Guice.createInjector(new ActivitiesModule(config));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      findings.add(InboxChecks.backlog(injector.getInstance(Inbox.class).backlog()));
      findings.addAll(
          SwitchChecks.of(config.payment(), injector.getInstance(ChannelSwitches.class).all()));
    }
  }

  private void outside(WorkerConfig config) {
    Finding sandbox = PaymentChecks.sandbox(config);
    if (sandbox.verdict() == Verdict.OK) {
      channels(config);
    } else {
      findings.add(sandbox);
    }
    findings.add(OutsideChecks.mail(config.notification()));
  }

  private void channels(WorkerConfig config) {
    Injector injector = Guice.createInjector(new ActivitiesModule(config));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      findings.add(PaymentChecks.channel(injector.getInstance(Channels.class)));
      new TreeMap<>(injector.getInstance(CHANNELS))
          .values()
          .forEach(channel -> findings.add(ChannelCheck.of(channel)));
    } catch (ProvisionException e) {
      findings.add(PaymentChecks.cannotBeMade(e));
    }
  }

  private boolean add(Finding finding) {
    findings.add(finding);
    return finding.verdict() == Verdict.OK;
  }
}
