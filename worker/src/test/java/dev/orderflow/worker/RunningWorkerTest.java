package dev.orderflow.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.activities.ledger.Migrations;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.notification.Mail;
import dev.orderflow.activities.notification.MailTransport;
import dev.orderflow.activities.payment.CallKind;
import dev.orderflow.activities.payment.CallMeter;
import dev.orderflow.activities.payment.TimestampedSignature;
import dev.orderflow.worker.check.Refusal;
import dev.orderflow.worker.check.TemporalConnection;
import dev.orderflow.worker.check.TemporalNamespace;
import dev.orderflow.worker.config.ConfigException;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.worker.gateway.Gateway;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.OrderWorkflow;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testserver.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunningWorkerTest {

  @TempDir static Path directory;
  static TestServer.PortBoundTestServer temporal;
  static OneMachine machine;

  @BeforeAll
  static void start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    temporal = TestServer.createPortBoundServer(port);
    machine = new OneMachine(directory, "127.0.0.1:" + port);
    machine.write(OneMachine.FREE_OF_CHARGE);
    WorkerConfig config = WorkerConfig.read(machine.config);
    try (TemporalConnection connection =
            TemporalConnection.open(config.temporal(), Duration.ofSeconds(10));
        TemporalNamespace namespace = connection.namespace()) {
      namespace.addAttributes(List.of("OrderStatus", "CustomerId", "PaymentChannel"));
    }
    new Migrations(config.database()).migrate();
  }

  @AfterAll
  static void stop() throws IOException {
    machine.close();
    temporal.close();
  }

  @BeforeEach
  void write() throws IOException {
    machine.write(OneMachine.FREE_OF_CHARGE);
  }

  @Test
  void anOrderThatCostsNothingIsCompletedAndTheCustomerTold() throws Exception {
    BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    MailTransport sink =
        (mail, timeout) -> {
          mails.add(mail);
          return Outcome.succeeded();
        };
    try (RunningWorker worker = RunningWorker.start(config(), mailsTo(sink))) {
      OrderView view = begin(worker, "free-1").get(30, TimeUnit.SECONDS);

      assertThat(view.status()).isEqualTo(OrderStatus.COMPLETED);
      assertThat(mails.poll(10, TimeUnit.SECONDS)).isNotNull();
      HttpResponse<String> health = health(worker.healthPort());
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body())
          .isEqualTo("{\"status\":\"UP\",\"temporal\":\"UP\",\"database\":\"UP\"}");
    }
  }

  @Test
  void whatTemporalStoresCanBeReadOnlyWithTheKey() throws Exception {
    Files.writeString(directory.resolve("codec"), Base64.getEncoder().encodeToString(new byte[32]));
    change(
        "mode = \"none\"",
        "mode = \"aes-gcm\"\nactive-key = \"k1\"\nkeys = { k1 = { file = \"codec\" } }");
    MailTransport sink = (mail, timeout) -> Outcome.succeeded();
    try (RunningWorker worker = RunningWorker.start(config(), mailsTo(sink))) {
      OrderView view = begin(worker, "free-3").get(30, TimeUnit.SECONDS);

      assertThat(view.status()).isEqualTo(OrderStatus.COMPLETED);
      String stored =
          worker
              .injector()
              .getInstance(WorkflowClient.class)
              .fetchHistory(view.orderId().value())
              .toProtoText(true);
      assertThat(stored).contains("binary/encrypted").doesNotContain("customer@example.org");
    }
  }

  @Test
  void drainingLetsAStepThatWasBegunFinish() throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    CountDownLatch delivered = new CountDownLatch(1);
    BlockingQueue<Mail> mails = new LinkedBlockingQueue<>();
    MailTransport slow =
        (mail, timeout) -> {
          sending.countDown();
          await(delivered);
          mails.add(mail);
          return Outcome.succeeded();
        };
    RunningWorker worker = RunningWorker.start(config(), mailsTo(slow));
    begin(worker, "free-2");
    sending.await();

    CompletableFuture<Void> draining = CompletableFuture.runAsync(worker::close);
    delivered.countDown();
    draining.get(40, TimeUnit.SECONDS);

    assertThat(mails).hasSize(1);
  }

  @Test
  void theSandboxIsRefusedUnlessItIsAllowed() throws IOException {
    machine.write(OneMachine.FREE_OF_CHARGE.replace("\"allowed\"", "\"refused\""));

    assertThatThrownBy(() -> RunningWorker.start(config()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the sandbox plays payments")
        .hasMessageContaining("sandbox = \"allowed\"");
  }

  @Test
  void aDefaultChannelThatIsNotThereIsRefused() throws IOException {
    machine.write("[health]\nport = 0\n");

    assertThatThrownBy(() -> RunningWorker.start(config()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the default channel 'sandbox' is not configured");
  }

  @Test
  void aDatabaseWithoutTablesIsRefusedWithTheCommandThatMakesThem() throws IOException {
    String empty = machine.postgres.getJdbcUrl("postgres", "template1");
    WorkerConfig config = config();
    change(config.database().url(), empty);

    assertThatThrownBy(() -> RunningWorker.start(config()))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("migrations: not applied yet")
        .hasMessageContaining("run: orderflow setup --config FILE");
  }

  @Test
  void aCodecThatNobodyChoseIsRefused() throws IOException {
    change("mode = \"none\"", "");

    assertThatThrownBy(() -> RunningWorker.start(config()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("codec.mode is missing");
  }

  @Test
  void aGatewayReceivesCallbacksAndCarriesNoOrders() throws Exception {
    machine.write(OneMachine.FREE_OF_CHARGE + "[gateway]\nlisten = \"127.0.0.1:0\"\n");
    try (RunningWorker gateway = RunningWorker.prepare(config(), Role.GATEWAY)) {
      gateway.begin();

      int port = gateway.injector().getInstance(Gateway.class).port();
      assertThat(get(port, "/callbacks/sandbox").statusCode()).isEqualTo(404);
      assertThat(health(gateway.healthPort()).statusCode()).isEqualTo(200);
      assertThat(get(gateway.healthPort(), "/metrics").statusCode()).isEqualTo(200);
      assertThat(gateway.injector().getInstance(OrderWorker.class).isRunning()).isFalse();
    }
  }

  @Test
  void aGatewayThatIsNotConfiguredAndACodecWithNothingToDecodeAreRefused() throws IOException {
    assertThatThrownBy(() -> RunningWorker.prepare(config(), Role.GATEWAY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("[gateway] is missing");

    Files.writeString(directory.resolve("token"), "0123456789abcdef");
    machine.write(
        OneMachine.FREE_OF_CHARGE
            + """
            [gateway.codec]
            token = { file = "token" }
            origin = "https://temporal.example.org"
            """);
    assertThatThrownBy(() -> RunningWorker.start(config()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("there is nothing to decode with codec.mode = \"none\"");
  }

  @Test
  void aGatewaysAddressThatIsTakenIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      machine.write(
          OneMachine.FREE_OF_CHARGE
              + "[gateway]\nlisten = \"127.0.0.1:%d\"\n".formatted(taken.getLocalPort()));

      assertThatThrownBy(() -> RunningWorker.start(config()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("gateway.listen = \"127.0.0.1:" + taken.getLocalPort());
    }
  }

  @Test
  void whatIsExportedIsWhatTheOperationsPageLists() throws Exception {
    machine.write(
        OneMachine.FREE_OF_CHARGE.replace(
                "api-key", "webhook-secrets = [{ file = \"key\" }]\napi-key")
            + "[gateway]\nlisten = \"127.0.0.1:0\"\n"
            + "[probe]\nchannels = [{ name = \"sandbox\", token = { file = \"key\" } }]\n");
    MailTransport sink = (mail, timeout) -> Outcome.succeeded();
    try (RunningWorker worker = RunningWorker.start(config(), mailsTo(sink))) {
      OrderView order = begin(worker, "measured").get(30, TimeUnit.SECONDS);
      callback(worker, order);
      worker
          .injector()
          .getInstance(CallMeter.class)
          .called(
              "sandbox",
              CallKind.CHARGE,
              Outcome.unknown(new Reason("NO_ANSWER", "Nothing.")),
              Duration.ofMillis(40));

      MetricsPage page = MetricsPage.read();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                String scraped = get(worker.healthPort(), "/metrics").body();
                assertThat(MetricsPage.exported(scraped, "orderflow_"))
                    .containsExactlyInAnyOrderElementsOf(page.listed("orderflow_"));
                assertThat(MetricsPage.exported(scraped, "temporal_"))
                    .containsAll(page.listed("temporal_"));
                assertThat(scraped)
                    .doesNotContain(order.orderId().value())
                    .doesNotContain("customer@example.org");
              });
    }
  }

  private static void callback(RunningWorker worker, OrderView order) throws Exception {
    String body =
        """
        {"id":"evt_1","type":"charge.succeeded","mode":"test","account":"acct_sandbox","createdAt":"%s",
         "merchantReference":"%s"}
        """
            .formatted(Instant.now(), order.orderId());
    byte[] raw = body.getBytes(StandardCharsets.UTF_8);
    int port = worker.injector().getInstance(Gateway.class).port();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/callbacks/sandbox-wallet"))
            .header("Content-Type", "application/json")
            .header(
                "Sandbox-Signature",
                new TimestampedSignature(List.of(Secret.of("a key"))).sign(raw, Instant.now()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(raw))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void sigtermDrainsTheProcessWhichEndsWithZero() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                WorkerMain.class.getName(),
                "--config",
                machine.config.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(log.lines().anyMatch(line -> line.contains("Working on task queue 'orders'")))
          .isTrue();

      process.toHandle().destroy();

      assertThat(log.lines().toList()).last().asString().contains("Stopped");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  private static void change(String written, String instead) throws IOException {
    String text = Files.readString(machine.config);
    Files.writeString(machine.config, text.replace(written, instead));
  }

  private static WorkerConfig config() {
    return WorkerConfig.read(machine.config);
  }

  private static Module mailsTo(MailTransport transport) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(MailTransport.class).toInstance(transport);
      }
    };
  }

  private static CompletableFuture<OrderView> begin(RunningWorker worker, String key) {
    worker.injector().getInstance(StockStore.class).add("sample", 1);
    OrderInput input = OrderInput.place(free(key));
    OrderWorkflow order =
        worker
            .injector()
            .getInstance(WorkflowClient.class)
            .newWorkflowStub(
                OrderWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setTaskQueue("orders")
                    .setWorkflowId(input.orderId().value())
                    .build());
    return WorkflowClient.execute(order::carry, input);
  }

  private static OrderDocument free(String key) {
    return new OrderDocument(
        key,
        new CustomerId("c-1"),
        new OrderDocument.Recipient("Customer", "customer@example.org", Optional.empty()),
        CurrencyUnit.EUR,
        List.of(
            new OrderDocument.Line(
                "sample",
                1,
                Optional.of(BigDecimal.ZERO.setScale(2)),
                Optional.of(LineKind.ARTICLE),
                Optional.of(new BigDecimal("19")),
                Optional.of(true))),
        Optional.empty(),
        new OrderDocument.Payment(Optional.empty(), "approve"),
        Optional.empty());
  }

  private static HttpResponse<String> health(int port) throws Exception {
    return get(port, "/health");
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
