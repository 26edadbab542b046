package dev.orderflow.activities.payment.stripe;

import static dev.orderflow.activities.payment.stripe.Stripe.key;
import static dev.orderflow.activities.payment.stripe.Stripe.purchase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shape of our requests, checked by Stripe's own {@code stripe-mock} against Stripe's OpenAPI
 * description. It keeps no state and answers with examples: a request of another shape it refuses
 * with HTTP 400, one of an unknown path with 404.
 */
class StripeMockTest {
  private static final Set<String> REFUSALS =
      Set.of("invalid_request", "MALFORMED_ANSWER", "HTTP_400", "HTTP_404", "SERVER_ERROR");

  private static StripeMock mock;

  @BeforeAll
  static void start() {
    mock = StripeMock.startOrSkip();
  }

  @AfterAll
  static void stop() {
    if (mock != null) {
      mock.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pm_card_visa", "ctoken_1"})
  void paymentsAreOfTheShape(String token) {
    StepKey charge = key("shape", Step.CHARGE);
    StepKey authorize = key("shape", Step.AUTHORIZE);
    for (Optional<String> returnUrl :
        Set.of(Optional.<String>empty(), Optional.of("https://shop.example.org/paid"))) {
      StripeChannel channel = channel(returnUrl);
      assertAccepted(channel.charge(charge, purchase(charge, token, "EUR 12.34"), budget()));
      assertAccepted(channel.authorize(authorize, purchase(authorize, token, "JPY 500"), budget()));
    }
  }

  @Test
  void whatFollowsAPaymentIsOfTheShape() {
    StripeChannel channel = channel(Optional.empty());
    ProviderTransaction payment = payment("pi_1");

    assertAccepted(channel.capture(key("shape", Step.CAPTURE), payment, budget()));
    assertAccepted(channel.voidAuthorization(key("shape", Step.VOID), payment, budget()));
    Money part = Money.parse("EUR 1.00");
    Answer refund = channel.refund(key("shape", Step.REFUND), payment, part, budget());
    assertThat(refund.outcome().state()).isEqualTo(State.SUCCEEDED);
    assertAccepted(channel.refund(key("shape", Step.REFUND), payment("ch_1"), part, budget()));
  }

  @Test
  void questionsAreOfTheShape() {
    StripeChannel channel = channel(Optional.empty());

    for (String reference : new String[] {"pi_1", "pi_1/void", "ch_1", "re_1"}) {
      assertAccepted(channel.fetch(reference, budget()));
    }
    for (Step step :
        new Step[] {Step.CHARGE, Step.AUTHORIZE, Step.CAPTURE, Step.VOID, Step.REFUND}) {
      // Its examples are not of our order: both search and list were understood, and say nothing.
      assertThat(channel.find(key("shape", step), budget()).outcome().state())
          .isEqualTo(State.NOT_EXECUTED);
    }
    assertThat(channel.close(key("shape", Step.CHARGE), budget()).outcome().state())
        .isEqualTo(State.NOT_EXECUTED);
  }

  /** It answers with an example of a refund and of a dispute, which must be understood. */
  @Test
  void whatBecameOfAPaymentIsAskedInTheShapeAndUnderstood() {
    for (String reference : new String[] {"pi_1", "ch_1"}) {
      Movements movements = channel(Optional.empty()).movements(payment(reference), budget());

      assertThat(movements)
          .isInstanceOfSatisfying(
              Movements.Reported.class,
              told -> {
                assertThat(told.movements())
                    .extracting(Movement::kind)
                    .contains(Movement.Kind.REFUND);
                assertThat(told.disputes()).hasSize(1);
              });
    }
  }

  /** Otherwise the others would prove nothing. */
  @Test
  void aRequestOfAnotherShapeIsRefused() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(mock.url().resolve("/v1/payment_intents"))
                    .header("Authorization", "Bearer sk_test_123")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("amount=1&currency=eur&capture_methods=manual"))
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  private static void assertAccepted(Answer answer) {
    assertThat(answer.outcome().reason().map(Reason::code).orElse("")).isNotIn(REFUSALS);
  }

  private static ProviderTransaction payment(String reference) {
    return new ProviderTransaction(
        Kind.CHARGE,
        reference,
        Money.parse("EUR 12.34"),
        key("shape", Step.CHARGE).order().value(),
        Optional.empty());
  }

  private static StripeChannel channel(Optional<String> returnUrl) {
    return new StripeChannel(
        "stripe",
        new StripeConfig(
            Secret.of("sk_test_123"),
            null,
            null,
            mock.url(),
            null,
            returnUrl.map(URI::create),
            null,
            null,
            null),
        Clock.systemUTC());
  }

  private static CallBudget budget() {
    return CallBudget.of(Duration.ofSeconds(20));
  }
}
