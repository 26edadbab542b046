package dev.orderflow.activities.payment.stripe;

import static dev.orderflow.activities.payment.stripe.Stripe.budget;
import static dev.orderflow.activities.payment.stripe.Stripe.code;
import static dev.orderflow.activities.payment.stripe.Stripe.key;
import static dev.orderflow.activities.payment.stripe.Stripe.purchase;
import static dev.orderflow.activities.payment.stripe.Stripe.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.nio.file.Path;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An authorization that somebody has captured in Stripe's dashboard. */
class StripeCapturedByHandTest {
  private static final StepKey AUTHORIZE = key("by hand", Step.AUTHORIZE);

  @TempDir Path directory;
  private Stripe stripe;
  private ProviderTransaction held;

  @BeforeEach
  void authorized() {
    stripe = new Stripe(directory);
    held =
        stripe
            .channel
            .authorize(AUTHORIZE, purchase(AUTHORIZE, "pm_card_visa", "EUR 12.34"), budget())
            .transaction()
            .orElseThrow();
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  private Answer captured() {
    return stripe.channel.captured(held, budget());
  }

  private Answer voided() {
    return stripe.channel.voidAuthorization(key("by hand", Step.VOID), held, budget());
  }

  @Test
  void whatIsOnlyHeldIsNotCaptured() {
    assertThat(state(captured())).isEqualTo(State.NOT_EXECUTED);
  }

  @Test
  void aPartIsSaidAsItWasTakenAndIsAllThatCanBeGivenBack() {
    stripe.sandbox.captureInDashboard(held.reference(), 1000);

    assertThat(code(voided())).isEqualTo(PaymentChannel.ALREADY_CAPTURED);
    ProviderTransaction taken = captured().transaction().orElseThrow();

    assertThat(taken)
        .isEqualTo(
            new ProviderTransaction(
                ProviderTransaction.Kind.CAPTURE,
                stripe.sandbox.all("charge").get(0).path("id").asText(),
                Money.parse("EUR 10.00"),
                held.merchantReference(),
                Optional.of(held.reference())));
    assertThat(state(stripe.channel.fetch(taken.reference(), budget()))).isEqualTo(State.SUCCEEDED);
    StepKey refund = key("by hand", Step.REFUND);
    assertThat(state(stripe.channel.refund(refund, taken, taken.amount(), budget())))
        .isEqualTo(State.SUCCEEDED);
  }

  @Test
  void whatWasVoidedIsNotCaptured() {
    assertThat(state(voided())).isEqualTo(State.SUCCEEDED);

    assertThat(state(captured())).isEqualTo(State.DECLINED);
  }
}
