package dev.orderflow.activities.payment.stripe;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Callback;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.TimestampedSignature;
import dev.orderflow.activities.payment.contract.PaymentChannelContract;
import dev.orderflow.sandbox.stripe.Fault;
import dev.orderflow.sandbox.stripe.StripeSandbox;
import dev.orderflow.sandbox.stripe.StripeSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every channel promises, against Stripe in miniature. */
class StripeContractTest extends PaymentChannelContract {
  private static final Secret WEBHOOK = Secret.of("whsec_contract");

  @TempDir static Path directory;
  private static StripeSandbox sandbox;
  private static PaymentChannel channel;

  @BeforeAll
  static void start() {
    sandbox =
        StripeSandbox.start(
            new StripeSettings(
                0,
                directory.resolve("stripe.jsonl"),
                Stripe.API_KEY,
                Optional.empty(),
                Duration.ofSeconds(1)),
            Clock.systemUTC());
    channel =
        new StripeProvider()
            .open(
                "stripe",
                new StripeConfig(
                    Secret.of(Stripe.API_KEY),
                    null,
                    List.of(WEBHOOK),
                    sandbox.url(),
                    null,
                    Optional.of(URI.create("https://shop.example.org/paid")),
                    null,
                    null,
                    null));
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Override
  protected PaymentChannel channel() {
    return channel;
  }

  @Override
  protected String acceptedToken() {
    return "pm_card_visa";
  }

  @Override
  protected String refusedToken() {
    return "pm_card_visa_chargeDeclined";
  }

  @Override
  protected String unansweredToken() {
    sandbox.misbehave(Fault.LOST_AFTER);
    return "pm_card_visa";
  }

  @Override
  protected String waitingToken() {
    return "pm_card_authenticationRequired";
  }

  @Override
  protected boolean capturesByHand(ProviderTransaction authorization) {
    sandbox.captureInDashboard(
        authorization.reference(), authorization.amount().getAmountMinorLong());
    return true;
  }

  @Override
  protected Callback callback(Instant sentAt) {
    byte[] body =
        """
        {"id": "evt_1", "object": "event", "type": "payment_intent.succeeded", "created": %d,
         "livemode": false, "data": {"object": {"id": "pi_1", "object": "payment_intent"}}}"""
            .formatted(sentAt.getEpochSecond())
            .getBytes(StandardCharsets.UTF_8);
    String signature = new TimestampedSignature(List.of(WEBHOOK)).sign(body, sentAt);
    return new Callback(Map.of("Stripe-Signature", signature), body, sentAt);
  }
}
