package dev.orderflow.activities.payment.stripe;

import static dev.orderflow.activities.payment.stripe.Stripe.budget;
import static dev.orderflow.activities.payment.stripe.Stripe.code;
import static dev.orderflow.activities.payment.stripe.Stripe.key;
import static dev.orderflow.activities.payment.stripe.Stripe.purchase;
import static dev.orderflow.activities.payment.stripe.Stripe.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.sandbox.stripe.Fault;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What may be concluded when Stripe, or the way there, fails. */
class StripeTroubleTest {
  private static final StepKey CHARGE = key("trouble", Step.CHARGE);

  @TempDir Path directory;
  private Stripe stripe;

  @BeforeEach
  void open() {
    stripe = new Stripe(directory);
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  @Test
  void whereNoConnectionComesAboutNothingWasDone() throws IOException {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    StripeChannel nowhere = channel("http://127.0.0.1:" + closedPort, Stripe.API_KEY);

    assertThat(state(charge(nowhere))).isEqualTo(State.NOT_EXECUTED);
    assertThat(state(nowhere.find(CHARGE, budget()))).isEqualTo(State.UNKNOWN);
    assertThat(state(nowhere.close(CHARGE, budget()))).isEqualTo(State.UNKNOWN);
  }

  @Test
  void anAnswerThatIsLostIsUnknownAndTheSameKeyAgainFindsThePayment() {
    stripe.sandbox.misbehave(Fault.LOST_AFTER);

    assertThat(state(charge(stripe.channel))).isEqualTo(State.UNKNOWN);
    assertThat(state(charge(stripe.channel))).isEqualTo(State.SUCCEEDED);
    assertThat(stripe.sandbox.all("payment_intent")).hasSize(1);
  }

  @Test
  void aPaymentWhoseAnswerWasLostIsFoundBeforeSearchKnowsIt() {
    stripe.sandbox.misbehave(Fault.LOST_AFTER);
    charge(stripe.channel);

    assertThat(state(stripe.channel.find(CHARGE, budget()))).isEqualTo(State.SUCCEEDED);
    assertThat(stripe.sandbox.requests().stream().map(r -> r.path()))
        .contains("/v1/payment_intents/search", "/v1/payment_intents");
  }

  @Test
  void aServerErrorAfterTheEffectIsClearedUpByAQuestion() {
    stripe.sandbox.misbehave(Fault.ERROR_AFTER);

    assertThat(state(charge(stripe.channel))).isEqualTo(State.SUCCEEDED);
    assertThat(state(charge(stripe.channel))).isEqualTo(State.SUCCEEDED);
    assertThat(stripe.sandbox.all("payment_intent")).hasSize(1);
  }

  @Test
  void aServerErrorWithoutEffectStaysUnknown() {
    stripe.sandbox.misbehave(Fault.ERROR_BEFORE);

    assertThat(state(charge(stripe.channel))).isEqualTo(State.UNKNOWN);
    assertThat(code(charge(stripe.channel))).isEqualTo("SERVER_ERROR");
    assertThat(state(stripe.channel.find(CHARGE, budget()))).isEqualTo(State.NOT_EXECUTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"ERROR_AFTER", "LOST_AFTER"})
  void captureAndRefundAreFoundAgainToo(Fault fault) {
    StepKey authorize = key("trouble", Step.AUTHORIZE);
    ProviderTransaction held =
        stripe
            .channel
            .authorize(authorize, purchase(authorize, "pm_card_visa", "EUR 5.00"), budget())
            .transaction()
            .orElseThrow();
    StepKey capture = key("trouble", Step.CAPTURE);
    stripe.sandbox.misbehave(fault);
    stripe.channel.capture(capture, held, budget());
    ProviderTransaction taken = stripe.channel.find(capture, budget()).transaction().orElseThrow();
    StepKey refund = key("trouble", Step.REFUND);
    stripe.sandbox.misbehave(fault);
    stripe.channel.refund(refund, taken, taken.amount(), budget());

    assertThat(state(stripe.channel.find(refund, budget()))).isEqualTo(State.SUCCEEDED);
    assertThat(stripe.sandbox.all("refund")).hasSize(1);
  }

  @Test
  void whatIsBusyIsPendingAndWhatIsTooMuchWasNotDone() {
    stripe.sandbox.misbehave(Fault.IN_FLIGHT);
    assertThat(state(charge(stripe.channel))).isEqualTo(State.PENDING);
    stripe.sandbox.misbehave(Fault.LOCKED);
    assertThat(state(charge(stripe.channel))).isEqualTo(State.PENDING);
    stripe.sandbox.misbehave(Fault.RATE_LIMITED);
    assertThat(state(charge(stripe.channel))).isEqualTo(State.NOT_EXECUTED);
    assertThat(stripe.sandbox.all("payment_intent")).isEmpty();
  }

  @Test
  void aKeyOfAnotherRequestIsSaidSo() {
    charge(stripe.channel);

    Answer other =
        stripe.channel.charge(CHARGE, purchase(CHARGE, "pm_card_visa", "EUR 1.00"), budget());

    assertThat(state(other)).isEqualTo(State.UNKNOWN);
    assertThat(code(other)).isEqualTo(PaymentChannel.KEY_REUSED);
  }

  @Test
  void aWrongApiKeyIsSaidInWordsThatHelpAndNotRepeated() {
    StripeChannel stranger = channel(stripe.sandbox.url().toString(), "sk_test_wrong");

    Answer answer = charge(stranger);

    assertThat(state(answer)).isEqualTo(State.NOT_EXECUTED);
    assertThat(code(answer)).isEqualTo("UNAUTHORIZED");
    assertThat(answer.toString()).contains("api-key").doesNotContain("sk_test");
    assertThat(state(stranger.find(CHARGE, budget()))).isEqualTo(State.UNKNOWN);
  }

  @Test
  void aTokenThatStripeDoesNotKnowIsDeclinedAndNotRepeated() {
    Answer answer =
        stripe.channel.charge(CHARGE, purchase(CHARGE, "pm_secret", "EUR 1.00"), budget());

    assertThat(state(answer)).isEqualTo(State.DECLINED);
    assertThat(code(answer)).isEqualTo("resource_missing");
    assertThat(answer.toString()).doesNotContain("pm_secret");
  }

  @Test
  void whatIsNotStripesIsNotThere() {
    for (String reference : new String[] {"pi_none", "ch_none", "re_none", "pi_none/void", "x"}) {
      assertThat(state(stripe.channel.fetch(reference, budget()))).isEqualTo(State.NOT_EXECUTED);
    }
  }

  @Test
  void withoutTimeLeftNothingIsSent() {
    Answer answer =
        stripe.channel.charge(
            CHARGE, purchase(CHARGE, "pm_card_visa", "EUR 1.00"), CallBudget.of(Duration.ZERO));

    assertThat(state(answer)).isEqualTo(State.NOT_EXECUTED);
    assertThat(stripe.sandbox.requests()).isEmpty();
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUpWithTheBudget() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      StripeChannel channel = channel("http://127.0.0.1:" + silent.getLocalPort(), Stripe.API_KEY);

      Answer answer =
          channel.charge(
              CHARGE,
              purchase(CHARGE, "pm_card_visa", "EUR 1.00"),
              CallBudget.of(Duration.ofMillis(200)));

      assertThat(state(answer)).isEqualTo(State.UNKNOWN);
      assertThat(code(answer)).isEqualTo("NO_ANSWER");
    }
  }

  private StripeChannel channel(String url, String apiKey) {
    return stripe.channel(Stripe.config(URI.create(url), apiKey, Optional.empty()));
  }

  private static Answer charge(StripeChannel channel) {
    return channel.charge(CHARGE, purchase(CHARGE, "pm_card_visa", "EUR 12.34"), budget());
  }
}
