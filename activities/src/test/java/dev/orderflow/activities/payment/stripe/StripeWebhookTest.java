package dev.orderflow.activities.payment.stripe;

import static dev.orderflow.activities.payment.stripe.Stripe.budget;
import static dev.orderflow.activities.payment.stripe.Stripe.key;
import static dev.orderflow.activities.payment.stripe.Stripe.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Callback;
import dev.orderflow.activities.payment.CallbackEvent;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackRefused;
import dev.orderflow.activities.payment.Callbacks;
import dev.orderflow.activities.payment.TimestampedSignature;
import dev.orderflow.sandbox.callback.CallbackTarget;
import dev.orderflow.sandbox.stripe.CustomerAct;
import dev.orderflow.sandbox.stripe.StripeSandbox;
import dev.orderflow.sandbox.stripe.StripeSettings;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Stripe tells by itself, and whom we believe. */
class StripeWebhookTest {
  private static final String SECRET = "whsec_ours";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  @Test
  void everyEventOfAPaymentNamesItAndItsOrder() throws Exception {
    BlockingQueue<Callback> arrived = new LinkedBlockingQueue<>();
    HttpServer shop =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    shop.createContext(
        "/callbacks/stripe",
        exchange -> {
          Map<String, String> headers = new TreeMap<>();
          exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
          arrived.add(
              new Callback(headers, exchange.getRequestBody().readAllBytes(), Instant.now()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    shop.start();
    URI url = URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + "/callbacks/stripe");
    try (StripeSandbox sandbox = telling(url)) {
      StripeChannel channel =
          new StripeChannel("stripe", config(sandbox.url(), Optional.empty()), Clock.systemUTC());
      Callbacks callbacks = channel.callbacks().orElseThrow();
      StepKey charge = key("told", Step.CHARGE);
      String payment =
          channel
              .charge(
                  charge, purchase(charge, "pm_card_authenticationRequired", "EUR 1.00"), budget())
              .outcome()
              .reference()
              .orElseThrow();
      sandbox.act(payment, CustomerAct.PAYS);
      String refund = sandbox.refundInDashboard(payment, 10);
      sandbox.settleRefund(refund, "failed");
      String paid = sandbox.all("charge").get(0).path("id").asText();
      sandbox.winDispute(sandbox.dispute(paid, 100));

      for (String type :
          List.of(
              "payment_intent.requires_action",
              "payment_intent.succeeded",
              "refund.created",
              "refund.failed",
              "charge.dispute.created",
              "charge.dispute.funds_withdrawn",
              "charge.dispute.closed",
              "charge.dispute.funds_reinstated")) {
        CallbackEvent event = callbacks.read(arrived.poll(20, TimeUnit.SECONDS));
        assertThat(event.type()).isEqualTo(type);
        assertThat(event.reference()).contains(payment);
        assertThat(event.mode()).isEqualTo(Mode.TEST);
        if (type.startsWith("payment_intent")) {
          assertThat(event.merchantReference()).contains(charge.order().value());
        }
      }
    } finally {
      shop.stop(0);
    }
  }

  @Test
  void anEventWithoutAPaymentNamesItsObject() {
    CallbackEvent event = read(event("", "\"id\": \"re_1\""), SECRET, NOW);

    assertThat(event.reference()).contains("re_1");
    assertThat(event.merchantReference()).isEmpty();
    assertThat(event.createdAt()).isEqualTo(Instant.ofEpochSecond(1767225600));
  }

  @ParameterizedTest
  @CsvSource({
    "whsec_theirs, 0, FORGED",
    "whsec_ours, 301, STALE",
  })
  void whatIsNotSignedByStripeNowIsRefused(String secret, long age, CallbackRefused.Why why) {
    assertRefused(event("", "\"id\": \"pi_1\""), secret, NOW.minusSeconds(age), why);
  }

  @Test
  void whatIsNotThisInstallationsIsRefused() {
    assertRefused(
        event("", "\"id\": \"pi_1\"").replace("\"livemode\": false", "\"livemode\": true"),
        SECRET,
        NOW,
        CallbackRefused.Why.NOT_OURS);
    assertRefused(
        event("\"account\": \"acct_other\",", "\"id\": \"pi_1\""),
        SECRET,
        NOW,
        CallbackRefused.Why.NOT_OURS);
  }

  @Test
  void whatIsNoEventIsRefused() {
    assertRefused("[]", SECRET, NOW, CallbackRefused.Why.MALFORMED);
    assertRefused(
        event("", "\"id\": \"pi_1\"").replace("\"event\"", "\"v2.core.event\""),
        SECRET,
        NOW,
        CallbackRefused.Why.MALFORMED);
  }

  private static void assertRefused(
      String body, String secret, Instant signedAt, CallbackRefused.Why why) {
    assertThatThrownBy(() -> read(body, secret, signedAt))
        .isInstanceOfSatisfying(
            CallbackRefused.class, refused -> assertThat(refused.why()).isEqualTo(why));
  }

  private static CallbackEvent read(String body, String secret, Instant signedAt) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String signature = new TimestampedSignature(List.of(Secret.of(secret))).sign(bytes, signedAt);
    return new StripeChannel(
            "stripe", config(URI.create("http://127.0.0.1:1"), Optional.empty()), Clock.systemUTC())
        .callbacks()
        .orElseThrow()
        .read(new Callback(Map.of("stripe-signature", signature), bytes, NOW));
  }

  private static String event(String account, String object) {
    return """
        {"id": "evt_1", "object": "event", "type": "refund.updated", %s "created": 1767225600,
         "livemode": false, "data": {"object": {%s}}}"""
        .formatted(account, object);
  }

  private StripeSandbox telling(URI url) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), SECRET);
    return StripeSandbox.start(
        new StripeSettings(
            0,
            directory.resolve("stripe.jsonl"),
            Stripe.API_KEY,
            Optional.of(CallbackTarget.of(url, secret)),
            Duration.ZERO),
        Clock.systemUTC());
  }

  private static StripeConfig config(URI url, Optional<String> account) {
    return new StripeConfig(
        Secret.of(Stripe.API_KEY),
        Mode.TEST,
        List.of(Secret.of(SECRET)),
        url,
        account,
        Optional.of(URI.create("https://shop.example.org/paid")),
        null,
        null,
        null);
  }
}
