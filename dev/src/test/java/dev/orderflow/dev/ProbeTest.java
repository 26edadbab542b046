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
import java.util.function.Predicate;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule that setup makes fires by itself, on the real Temporal, through the real story. */
class ProbeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final String PAID_AND_REFUNDED =
      """
      select bool_and(o.status = 'REFUNDED' and p.took_ms is not null
        and 1 = (select count(*) from provider_transaction t
                 where t.merchant_reference = o.id and t.kind = 'CHARGE'))::text
      from probe_run p join sales_order o on o.id = p.order_id where p.state = 'SUCCEEDED'
      """;

  @TempDir Path folder;

  @Test
  void aChannelIsPaidAndRefundedByItselfAndItsFailureIsSeen() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "approve");
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
        awaitFigure(ledger, figure -> figure.succeeded() > 0);
        assertThat(text(ledger, PAID_AND_REFUNDED)).isEqualTo("true");

        ledger.getInstance(ChannelSwitches.class).set("sandbox", ChannelState.OFF);
        awaitFigure(ledger, figure -> figure.last().equals("FAILED"));
      }
    }
  }

  private static void awaitFigure(Injector ledger, Predicate<Figure> shows) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> ledger.getInstance(ProbeFigures.class).all().stream().filter(shows).count() == 1);
  }

  private static void sellProbe(Injector ledger) {
    LinePrice price = new LinePrice(Money.parse("EUR 1.00"), BigDecimal.ZERO, true);
    Article probe = new Article("probe", LineKind.FEE, "Probe", price);
    ledger
        .getInstance(CatalogStore.class)
        .importAll(List.of(new CatalogStore.Entry(probe, Optional.empty())));
  }

  private static String text(Injector ledger, String sql) {
    return ledger
        .getInstance(Transactions.class)
        .read(tx -> tx.createQuery(sql).mapTo(String.class).one());
  }
}
