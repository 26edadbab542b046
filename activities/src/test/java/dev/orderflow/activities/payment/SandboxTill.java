package dev.orderflow.activities.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.sandbox.ApiKey;
import dev.orderflow.sandbox.Sandbox;
import dev.orderflow.sandbox.SandboxConfiguration;
import dev.orderflow.sandbox.callback.CallbackTarget;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payload.Json;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joda.money.Money;

/** The payment room over a real database and the real sandbox, for one new order. */
final class SandboxTill implements AutoCloseable {
  static final Money AMOUNT = Money.parse("EUR 12.34");
  private static final String KEY = "secret-of-the-test";

  final OrderId order;
  final StepKey charge;
  final PaymentActivities payments;
  final Ledger ledger;
  private final HikariDataSource pool;
  private final Sandbox sandbox;
  private final String address;
  private final SandboxConfig config;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private AttemptKind kind = AttemptKind.REGULAR;

  SandboxTill(TestDatabase database, Path folder) {
    this(database, folder, Optional.empty());
  }

  SandboxTill(TestDatabase database, Path folder, Optional<URI> callbacks) {
    this(database, folder, OrderId.ofKey(UUID.randomUUID().toString()), callbacks);
  }

  /**
   * @param callbacks where the sandbox tells of what happens later
   */
  SandboxTill(TestDatabase database, Path folder, OrderId order, Optional<URI> callbacks) {
    this.order = order;
    charge = StepKey.of(order, Step.CHARGE);
    Path keyFile = keyFile(folder);
    sandbox =
        Sandbox.start(
            new SandboxConfiguration(
                0,
                0,
                folder.resolve("data"),
                ApiKey.in(keyFile),
                callbacks.map(url -> CallbackTarget.of(url, keyFile)),
                Duration.ofMinutes(1)),
            Clock.systemUTC());
    address = "http://127.0.0.1:" + sandbox.httpPort();
    config =
        new SandboxConfig(
            URI.create(address),
            Secret.of(KEY),
            List.of(Secret.of(KEY)),
            Duration.ofMillis(400),
            Duration.ofSeconds(20),
            4);
    Injector injector =
        database.injector(
            Modules.override(new PaymentModule(PaymentConfig.of(config)))
                .with(
                    new AbstractModule() {
                      @Override
                      protected void configure() {
                        bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(() -> kind);
                      }
                    }));
    pool = injector.getInstance(HikariDataSource.class);
    payments = injector.getInstance(PaymentActivities.class);
    ledger = injector.getInstance(Ledger.class);
  }

  private static Path keyFile(Path folder) {
    try {
      return Files.writeString(folder.resolve("key"), KEY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SandboxChannel walletChannel() {
    return SandboxChannel.wallet(config);
  }

  /** What it settles, by its own report. */
  SandboxSettlements reports() {
    return new SandboxSettlements(config);
  }

  /** The day on which the provider did something first. */
  LocalDate day() {
    return log()
        .map(line -> Instant.parse(line.path("at").asText()))
        .map(at -> LocalDate.ofInstant(at, ZoneOffset.UTC))
        .findFirst()
        .orElseThrow();
  }

  PaymentAnswer charge(StepKey key, String channel, String token) {
    return payments.charge(new Payment(key, channel, token, AMOUNT));
  }

  PaymentAnswer wallet(StepKey key, String token) {
    return charge(key, SandboxChannel.WALLET, token);
  }

  /** From now on attempts are given up soon. */
  void impatient() {
    kind = AttemptKind.LOCAL;
  }

  /** What the provider calls the payment. */
  String reference(StepKey key) {
    return log()
        .filter(line -> line.path("idempotencyKey").asText().equals(key.toString()))
        .map(line -> line.path("id").asText())
        .findFirst()
        .orElseThrow();
  }

  /** The customer clicks on the provider's page. */
  void click(StepKey key) {
    post("/pay/" + reference(key), "");
  }

  /** Money comes for a payment whatever it was before. */
  void bookByHand(String reference) {
    post("/dashboard/payments", "{\"charge\":\"" + reference + "\"}");
  }

  /** As {@link #bookByHand(String)}, and not what was asked for. */
  void bookByHand(String reference, Money money) {
    post(
        "/dashboard/payments",
        "{\"charge\":\"%s\",\"amount\":%d,\"currency\":\"%s\"}"
            .formatted(reference, money.getAmountMinorLong(), money.getCurrencyUnit()));
  }

  /**
   * A human clicks in the dashboard; the id of what comes of it.
   *
   * @param path behind {@code /dashboard/}
   */
  String byHand(String path, String body) {
    return json(post("/dashboard/" + path, body)).path("id").asText();
  }

  /** What the provider did of one kind, by its own log. */
  List<JsonNode> done(String object) {
    return log()
        .filter(line -> line.path("object").asText().equals(object))
        .filter(line -> line.path("status").asText().equals("succeeded"))
        .toList();
  }

  private Stream<JsonNode> log() {
    return send(request("/v1/log?merchantReference=" + order).GET()).lines().map(SandboxTill::json);
  }

  private String post(String path, String body) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path))
        .header("Authorization", "Bearer " + KEY);
  }

  private String send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new AssertionError(response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nobody answers any more. */
  void providerDies() {
    sandbox.close();
  }

  @Override
  public void close() {
    pool.close();
    sandbox.close();
  }
}
