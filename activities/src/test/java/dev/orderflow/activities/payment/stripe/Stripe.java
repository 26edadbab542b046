package dev.orderflow.activities.payment.stripe;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.sandbox.stripe.StripeSandbox;
import dev.orderflow.sandbox.stripe.StripeSettings;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.joda.money.Money;

/** Stripe in miniature, the channel to it, and a clock for both. */
final class Stripe implements AutoCloseable {
  static final Duration SEARCH_LAG = Duration.ofSeconds(50);
  static final String API_KEY = "sk_test_sandbox";

  private final StandingClock clock = new StandingClock();
  final StripeSandbox sandbox;
  final StripeChannel channel;

  Stripe(Path directory) {
    sandbox =
        StripeSandbox.start(
            new StripeSettings(
                0, directory.resolve("stripe.jsonl"), API_KEY, Optional.empty(), SEARCH_LAG),
            clock);
    channel = channel(config(sandbox.url(), API_KEY, Optional.of("https://shop.example.org/paid")));
  }

  StripeChannel channel(StripeConfig config) {
    return new StripeChannel("stripe", config, clock);
  }

  static StripeConfig config(URI url, String apiKey, Optional<String> returnUrl) {
    return new StripeConfig(
        Secret.of(apiKey), null, null, url, null, returnUrl.map(URI::create), null, null, null);
  }

  /** Time enough for search to know everything. */
  void indexed() {
    pass(SEARCH_LAG);
  }

  void pass(Duration time) {
    clock.now = clock.now.plus(time);
  }

  static StepKey key(String order, Step step) {
    return StepKey.of(OrderId.ofKey(order), step);
  }

  static Purchase purchase(StepKey key, String token, String money) {
    return new Purchase(key.order().value(), token, Money.parse(money));
  }

  static CallBudget budget() {
    return CallBudget.of(Duration.ofSeconds(10));
  }

  static State state(Answer answer) {
    return answer.outcome().state();
  }

  static String code(Answer answer) {
    return answer.outcome().reason().map(Reason::code).orElse("none");
  }

  @Override
  public void close() {
    sandbox.close();
  }

  private static final class StandingClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("UTC only");
    }
  }
}
