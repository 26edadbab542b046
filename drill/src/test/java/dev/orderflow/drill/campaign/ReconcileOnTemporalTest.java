package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.WorkerProcess;
import dev.orderflow.workflows.settlement.ReconcileDayWorkflow;
import dev.orderflow.workflows.settlement.ReconcileRequest;
import dev.orderflow.workflows.settlement.Reconciliation;
import io.temporal.client.schedules.ScheduleBackfill;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleHandle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Reconciliation on the real Temporal: a worker that dies in it, and the schedule that begins it.
 */
@ExtendWith(SharedMachine.class)
@Tag("long")
class ReconcileOnTemporalTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final LocalDate DAY = LocalDate.of(2026, 3, 4);
  private static final int ROWS = 5_000;

  private final Machine machine;

  ReconcileOnTemporalTest(Machine machine) {
    this.machine = machine;
  }

  @Test
  void aWorkerThatIsKilledInItIsReplacedAndASecondRunChangesNothing() throws Exception {
    machine.withoutWorker();
    try (Provider provider = new Provider()) {
      Path config = config(provider);
      Cli.Run first;
      try (WorkerProcess doomed = WorkerProcess.start(machine, config)) {
        first = reconcile(config);
        await().atMost(PATIENCE).until(() -> differences() >= 3_000);
        doomed.kill();
      }
      provider.goOn();
      try (WorkerProcess next = WorkerProcess.start(machine, config)) {
        mustHaveFoundAll(first.await());
        String written = CampaignBooks.of(machine).written("settlement_difference");

        mustHaveFoundAll(reconcile(config).await());

        assertThat(CampaignBooks.of(machine).written("settlement_difference")).isEqualTo(written);
        assertThat(differences()).isEqualTo(ROWS);
        assertThat(provider.reports.get()).as("the dead, the next, and again").isEqualTo(3);
      }
    }
  }

  private Cli.Run reconcile(Path config) throws IOException {
    return Cli.start(
        machine,
        "reconcile",
        "--date",
        DAY.toString(),
        "--channel",
        "sandbox",
        "--config",
        config.toString());
  }

  /** All of them are of orders that nobody knows: exit code 1, and each is a difference. */
  private static void mustHaveFoundAll(Cli.Said said) {
    assertThat(said.code()).as(said.err()).isEqualTo(1);
    assertThat(said.objects().get(0).path("rows").asInt()).isEqualTo(ROWS);
    assertThat(said.objects().get(0).path("open").asInt()).isEqualTo(ROWS);
  }

  private long differences() {
    return CampaignBooks.of(machine).count("settlement_difference");
  }

  /** The worker's own, but for the provider, which only reports. */
  private Path config(Provider provider) throws IOException {
    return machine.config("payment.sandbox.url = '" + provider.url() + "'");
  }

  @Test
  void theScheduleBeginsYesterdaysComparison() throws Exception {
    machine.worker();
    // Nobody waits for a time of day: it has just been, and is made up for.
    Instant due = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String at = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC).format(due);
    Path config = machine.config("settlement.daily-at = '" + at + "'");
    assertThat(Cli.run(machine, "setup", "--config", config.toString()).code()).isZero();
    try {
      schedule().backfill(List.of(new ScheduleBackfill(due.minusSeconds(1), due.plusSeconds(1))));
      LocalDate yesterday = LocalDate.ofInstant(due, ZoneOffset.UTC).minusDays(1);
      String id = ReconcileRequest.of("sandbox", yesterday).workflowId();
      await().atMost(PATIENCE).ignoreExceptions().until(() -> result(id).rows() == 0);
      assertThat(result(id).date()).isEqualTo(yesterday);
    } finally {
      schedule().delete();
    }
  }

  private Reconciliation result(String id) throws Exception {
    return machine
        .temporal()
        .newUntypedWorkflowStub(id)
        .getResult(5, TimeUnit.SECONDS, Reconciliation.class);
  }

  private ScheduleHandle schedule() {
    return ScheduleClient.newInstance(
            machine.temporal().getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(machine.temporal().getOptions().getNamespace())
                .build())
        .getHandle(ReconcileDayWorkflow.SCHEDULE_ID);
  }

  /** Reports transactions of a shop that is not ours; the first time it stops in the middle. */
  private static final class Provider implements AutoCloseable {
    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final AtomicInteger reports = new AtomicInteger();

    Provider() throws IOException {
      server.setExecutor(threads);
      server.createContext("/v1/settlements/", this::report);
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void goOn() {
      mayGoOn.countDown();
    }

    private void report(HttpExchange exchange) throws IOException {
      boolean stops = reports.getAndIncrement() == 0;
      exchange.sendResponseHeaders(200, 0);
      try (exchange;
          OutputStream out = exchange.getResponseBody()) {
        write(out, "reference,kind,currency,amount_minor,merchant_reference,parent,settled_at\n");
        for (int n = 0; n < ROWS; n++) {
          if (stops && n == 3_500) {
            out.flush();
            mayGoOn.await();
          }
          write(out, "killed-%d,charge,EUR,100,nobody,,%sT12:00:00Z\n".formatted(n, DAY));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void write(OutputStream out, String line) throws IOException {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      goOn();
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
