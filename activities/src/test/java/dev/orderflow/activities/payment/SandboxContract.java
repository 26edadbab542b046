package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.contract.PaymentChannelContract;
import dev.orderflow.sandbox.ApiKey;
import dev.orderflow.sandbox.Sandbox;
import dev.orderflow.sandbox.SandboxConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** One of the sandbox's channels against the sandbox itself. */
abstract class SandboxContract extends PaymentChannelContract {
  private static final Secret WEBHOOK = Secret.of("a secret of sixteen and more");

  @TempDir static Path directory;
  private static Sandbox sandbox;

  @BeforeAll
  static void start() throws IOException {
    Path key = Files.writeString(directory.resolve("key"), "sk_contract");
    sandbox =
        Sandbox.start(
            new SandboxConfiguration(
                0,
                0,
                directory.resolve("data"),
                ApiKey.in(key),
                Optional.empty(),
                Duration.ofSeconds(30)),
            Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  private final PaymentChannel channel;

  SandboxContract(Function<SandboxConfig, SandboxChannel> made) {
    channel =
        made.apply(
            new SandboxConfig(
                URI.create("http://127.0.0.1:" + sandbox.httpPort()),
                Secret.of("sk_contract"),
                List.of(WEBHOOK),
                null,
                null,
                null));
  }

  @Override
  protected PaymentChannel channel() {
    return channel;
  }

  @Override
  protected String acceptedToken() {
    return "approve";
  }

  @Override
  protected String refusedToken() {
    return "decline:insufficient_funds";
  }

  @Override
  protected String unansweredToken() {
    return "hang_after:1";
  }

  @Override
  protected Optional<String> lapsedToken() {
    return Optional.of("approve,capture.decline:authorization_expired");
  }

  @Override
  protected boolean capturesByHand(ProviderTransaction authorization) {
    URI dashboard = URI.create("http://127.0.0.1:" + sandbox.httpPort() + "/dashboard/captures");
    String body = "{\"authorization\":\"%s\"}".formatted(authorization.reference());
    try {
      return HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(dashboard)
                      .header("Authorization", "Bearer sk_contract")
                      .POST(HttpRequest.BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  protected String waitingToken() {
    return "async-never";
  }

  @Override
  protected Callback callback(Instant sentAt) {
    byte[] body =
        """
          {"id":"evt_1","type":"payment.succeeded","mode":"test","account":"acct_sandbox",
           "createdAt":"%s","reference":"ch_1","merchantReference":"order"}
          """
            .formatted(sentAt)
            .getBytes(StandardCharsets.UTF_8);
    String signature = new TimestampedSignature(List.of(WEBHOOK)).sign(body, sentAt);
    return new Callback(Map.of("Sandbox-Signature", signature), body, sentAt);
  }
}
