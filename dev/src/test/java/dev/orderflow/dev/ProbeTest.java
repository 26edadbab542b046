package dev.orderflow.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Article;
import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.activities.payment.ChannelSwitches;
import dev.orderflow.activities.probe.ProbeFigures;
import dev.orderflow.activities.probe.ProbeFigures.Figure;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule that setup makes fires by itself, on the real Temporal, through the real story. */
class ProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;

  @Test
  void aChannelIsPaidAndRefundedByItselfAlsoAcrossACrashAndItsFailureIsSeen() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "slow:1500");
    var directory = new Directory(folder.toRealPath().resolve("machine"));
    var options =
        LocalOptions.throwAway(directory)
            .configuring(
                """

                [probe]
                channels = [{ name = "sandbox", token = { file = "%s" } }]
                every = "5s"
                patience = "30s"
                """
                    .formatted(token));
    try (LocalSystem system = LocalSystem.start(options)) {
      Injector ledger =
          Guice.createInjector(
              new ActivitiesModule(WorkerConfig.read(system.addresses().workerToml())));
      try (HikariDataSource pool = ledger.getInstance(HikariDataSource.class)) {
        sellProbe(ledger);
        await()
            .atMost(PATIENCE)
            .until(() -> figure(ledger).filter(f -> f.succeeded() > 0).isPresent());

        String order = killTheWorkerAmongAProbe(system, ledger);
        await().atMost(PATIENCE).until(() -> text(ledger, state(order)).equals("SUCCEEDED"));
        assertThat(text(ledger, "select status from sales_order where id = '%s'".formatted(order)))
            .isEqualTo("REFUNDED");
        assertThat(text(ledger, charges(order))).isEqualTo("1");

        ledger.getInstance(ChannelSwitches.class).set("sandbox", ChannelState.OFF);
        await()
            .atMost(PATIENCE)
            .until(() -> figure(ledger).filter(f -> f.last().equals("FAILED")).isPresent());
        assertThat(figure(ledger).orElseThrow().sinceSuccess()).isPresent();
        assertThat(figure(ledger).orElseThrow().took().orElseThrow())
            .isGreaterThanOrEqualTo(Duration.ofMillis(1_500));
      }
    }
  }

  private static void sellProbe(Injector ledger) {
    LinePrice price = new LinePrice(Money.parse("EUR 1.00"), BigDecimal.ZERO, true);
    Article probe = new Article("probe", LineKind.FEE, "Probe", price);
    ledger
        .getInstance(CatalogStore.class)
        .importAll(List.of(new CatalogStore.Entry(probe, Optional.empty())));
  }

  /** Once its payment is under way. */
  private static String killTheWorkerAmongAProbe(LocalSystem system, Injector ledger)
      throws Exception {
    String underWay =
        """
        select coalesce(max(o.order_id), '') from probe_run p join operation o using (order_id)
        where p.state = 'RUNNING' and o.step = 'CHARGE' and o.state = 'PENDING'
        """;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !text(ledger, underWay).isEmpty());
    String order = text(ledger, underWay);
    assertThat(order).isNotEmpty();
    long pid = system.pid(PartName.WORKER);
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    system.awaitOtherThan(PartName.WORKER, pid, PATIENCE);
    return order;
  }

  private static String state(String order) {
    return "select state from probe_run where order_id = '%s'".formatted(order);
  }

  private static String charges(String order) {
    return """
        select count(*)::text from provider_transaction
        where merchant_reference = '%s' and kind = 'CHARGE'
        """
        .formatted(order);
  }

  private static Optional<Figure> figure(Injector ledger) {
    return ledger.getInstance(ProbeFigures.class).all().stream().findFirst();
  }

  private static String text(Injector ledger, String sql) {
    return ledger
        .getInstance(Transactions.class)
        .read(tx -> tx.createQuery(sql).mapTo(String.class).one());
  }
}
