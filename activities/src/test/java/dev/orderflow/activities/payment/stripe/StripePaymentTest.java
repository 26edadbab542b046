package dev.orderflow.activities.payment.stripe;

import static dev.orderflow.activities.payment.stripe.Stripe.budget;
import static dev.orderflow.activities.payment.stripe.Stripe.code;
import static dev.orderflow.activities.payment.stripe.Stripe.key;
import static dev.orderflow.activities.payment.stripe.Stripe.purchase;
import static dev.orderflow.activities.payment.stripe.Stripe.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.ProviderTransaction.Kind;
import dev.orderflow.sandbox.stripe.CustomerAct;
import dev.orderflow.sandbox.stripe.StripeSandbox;
import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of payments at Stripe, from the first request to the last refund. */
class StripePaymentTest {
  private static final StepKey CHARGE = key("paid", Step.CHARGE);
  private static final StepKey AUTHORIZE = key("held", Step.AUTHORIZE);

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
  void aChargeIsPaidAndFoundAgainByReferenceAndByKey() {
    Answer charged = charge("pm_card_visa");

    ProviderTransaction paid = charged.transaction().orElseThrow();
    assertThat(paid.kind()).isEqualTo(Kind.CHARGE);
    assertThat(paid.amount()).isEqualTo(Money.parse("EUR 12.34"));
    assertThat(paid.merchantReference()).isEqualTo(CHARGE.order().value());
    assertThat(stripe.channel.fetch(paid.reference(), budget())).isEqualTo(charged);
    String charge =
        stripe.sandbox.object(paid.reference()).orElseThrow().path("latest_charge").asText();
    assertThat(stripe.channel.fetch(charge, budget())).isEqualTo(charged);
    assertThat(stripe.channel.find(CHARGE, budget())).isEqualTo(charged);
    stripe.pass(Duration.ofDays(1));
    assertThat(stripe.channel.find(CHARGE, budget())).isEqualTo(charged);
    assertThat(state(stripe.channel.find(CHARGE.next(), budget()))).isEqualTo(State.NOT_EXECUTED);
  }

  @Test
  void theSameKeyPaysOnce() {
    Answer first = charge("pm_card_visa");
    Answer again = charge("pm_card_visa");

    assertThat(again).isEqualTo(first);
    assertThat(stripe.sandbox.all("payment_intent")).hasSize(1);
    StripeSandbox.Request request = stripe.sandbox.requests().get(0);
    assertThat(header(request, "Idempotency-Key")).contains(CHARGE.toString());
    assertThat(header(request, "Stripe-Version")).contains(com.stripe.Stripe.API_VERSION);
    assertThat(header(request, "X-Stripe-Client-Telemetry")).isEmpty();
  }

  @Test
  void aConfirmationTokenPaysToo() {
    assertThat(state(charge("ctoken_visa"))).isEqualTo(State.SUCCEEDED);
  }

  @ParameterizedTest
  @CsvSource({
    "pm_card_visa_chargeDeclined, card_declined, generic_decline",
    "pm_card_visa_chargeDeclinedInsufficientFunds, insufficient_funds, insufficient_funds",
    "pm_card_visa_chargeDeclinedLostCard, lost_card, lost_card",
  })
  void aDeclineSaysWhyInOurWordsAndInStripes(String token, String code, String declineCode) {
    Answer declined = charge(token);

    assertThat(state(declined)).isEqualTo(State.DECLINED);
    assertThat(code(declined)).isEqualTo(code);
    assertThat(declined.outcome().reason().map(Reason::message).orElseThrow())
        .contains("decline code " + declineCode);
    assertThat(stripe.channel.find(CHARGE, budget())).isEqualTo(declined);
    assertThat(charge(token)).isEqualTo(declined);
  }

  @Test
  void whatTheCustomerHasToDoIsSaidAndItsEndIsHeardEvenUnderTheSameKey() {
    Answer waiting = charge("pm_card_authenticationRequired");

    assertThat(code(waiting)).isEqualTo(Answer.AWAITING_CUSTOMER);
    NextAction.Redirect page = (NextAction.Redirect) waiting.nextAction().orElseThrow();
    assertThat(page.url().toString()).startsWith(stripe.sandbox.url().toString());
    String reference = waiting.outcome().reference().orElseThrow();
    assertThat(charge("pm_card_authenticationRequired")).isEqualTo(waiting);

    stripe.sandbox.act(reference, CustomerAct.PAYS);

    // Stripe repeats what it first said under this key; the payment is asked about besides.
    assertThat(state(charge("pm_card_authenticationRequired"))).isEqualTo(State.SUCCEEDED);
    assertThat(state(stripe.channel.fetch(reference, budget()))).isEqualTo(State.SUCCEEDED);
    stripe.indexed();
    assertThat(state(stripe.channel.find(CHARGE, budget()))).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void aCustomerWhoRefusesHasDeclined() {
    Answer waiting = charge("pm_card_authenticationRequired");

    stripe.sandbox.act(waiting.outcome().reference().orElseThrow(), CustomerAct.REFUSES);

    Answer declined = stripe.channel.find(CHARGE, budget());
    assertThat(state(declined)).isEqualTo(State.DECLINED);
    assertThat(code(declined)).isEqualTo("authentication_failed");
  }

  @Test
  void aWalletsCodeIsShown() {
    NextAction.QrCode code = (NextAction.QrCode) charge("pm_wechat").nextAction().orElseThrow();

    assertThat(code.content()).startsWith("weixin://");
  }

  @Test
  void whatCantBeToldToTheCustomerIsClosedAtOnce() {
    Answer answer = charge("pm_voucher");

    assertThat(state(answer)).isEqualTo(State.DECLINED);
    assertThat(stripe.sandbox.all("payment_intent").get(0).path("status").asText())
        .isEqualTo("canceled");
  }

  @Test
  void whereNobodyCanBeSentAnywhereAnAuthenticationIsADecline() {
    StripeChannel atOnce =
        stripe.channel(Stripe.config(stripe.sandbox.url(), Stripe.API_KEY, Optional.empty()));

    Answer answer =
        atOnce.charge(
            CHARGE, purchase(CHARGE, "pm_card_authenticationRequired", "EUR 1.00"), budget());

    assertThat(atOnce.abilities().customer()).isEqualTo(Abilities.Customer.ABSENT);
    assertThat(state(answer)).isEqualTo(State.DECLINED);
    assertThat(code(answer)).isEqualTo("authentication_required");
  }

  @Test
  void whatTakesDaysIsPending() {
    assertThat(state(charge("pm_debit"))).isEqualTo(State.PENDING);
    assertThat(code(stripe.channel.find(CHARGE, budget()))).isEqualTo("PROCESSING");
  }

  @Test
  void aClosedPaymentCantBePaidAndOnePaidBeforeIsToldSo() {
    Answer waiting = charge("pm_card_authenticationRequired");
    assertThat(state(stripe.channel.close(CHARGE, budget()))).isEqualTo(State.DECLINED);
    assertThat(state(stripe.channel.close(CHARGE, budget()))).isEqualTo(State.DECLINED);
    assertThat(
            stripe
                .sandbox
                .object(waiting.outcome().reference().orElseThrow())
                .orElseThrow()
                .path("status")
                .asText())
        .isEqualTo("canceled");

    StepKey other = key("other", Step.CHARGE);
    stripe.channel.charge(other, purchase(other, "pm_card_visa", "EUR 1.00"), budget());
    assertThat(state(stripe.channel.close(other, budget()))).isEqualTo(State.SUCCEEDED);
    assertThat(state(stripe.channel.close(key("none", Step.CHARGE), budget())))
        .isEqualTo(State.NOT_EXECUTED);
  }

  @Test
  void anAuthorizationIsCapturedOnce() {
    ProviderTransaction held = authorize();
    StepKey capture = key("held", Step.CAPTURE);
    assertThat(held.kind()).isEqualTo(Kind.AUTHORIZATION);
    stripe.indexed();
    assertThat(state(stripe.channel.find(capture, budget()))).isEqualTo(State.NOT_EXECUTED);

    Answer taken = stripe.channel.capture(capture, held, budget());

    ProviderTransaction transaction = taken.transaction().orElseThrow();
    assertThat(transaction.kind()).isEqualTo(Kind.CAPTURE);
    assertThat(transaction.parent()).contains(held.reference());
    assertThat(transaction.amount()).isEqualTo(held.amount());
    assertThat(transaction.reference()).startsWith("ch_");
    assertThat(stripe.channel.capture(capture, held, budget())).isEqualTo(taken);
    assertThat(stripe.channel.find(capture, budget())).isEqualTo(taken);
    assertThat(stripe.channel.fetch(transaction.reference(), budget())).isEqualTo(taken);
    assertThat(code(stripe.channel.capture(capture.next(), held, budget())))
        .isEqualTo("already_captured");
    assertThat(state(stripe.channel.find(AUTHORIZE, budget()))).isEqualTo(State.SUCCEEDED);
    assertThat(state(stripe.channel.voidAuthorization(key("held", Step.VOID), held, budget())))
        .isEqualTo(State.DECLINED);
  }

  @Test
  void anAuthorizationIsGivenUpWhoeverDoesIt() {
    ProviderTransaction held = authorize();
    StepKey voiding = key("held", Step.VOID);
    stripe.indexed();
    assertThat(state(stripe.channel.find(voiding, budget()))).isEqualTo(State.NOT_EXECUTED);
    stripe.sandbox.cancelInDashboard(held.reference());

    Answer voided = stripe.channel.voidAuthorization(voiding, held, budget());

    ProviderTransaction transaction = voided.transaction().orElseThrow();
    assertThat(transaction.kind()).isEqualTo(Kind.VOID);
    assertThat(transaction.reference()).isEqualTo(held.reference() + "/void");
    assertThat(stripe.channel.find(voiding, budget())).isEqualTo(voided);
    assertThat(stripe.channel.fetch(transaction.reference(), budget())).isEqualTo(voided);
    Answer capture = stripe.channel.capture(key("held", Step.CAPTURE), held, budget());
    assertThat(state(capture)).isEqualTo(State.DECLINED);
    assertThat(code(capture)).isEqualTo("authorization_ended");
    assertThat(state(stripe.channel.find(AUTHORIZE, budget()))).isEqualTo(State.DECLINED);
  }

  @Test
  void anAuthorizationThatStripeCanceledItselfHasLapsed() {
    ProviderTransaction held = authorize();
    stripe.sandbox.lapse(held.reference());

    Answer capture = stripe.channel.capture(key("held", Step.CAPTURE), held, budget());

    assertThat(state(capture)).isEqualTo(State.DECLINED);
    assertThat(code(capture)).isEqualTo("AUTHORIZATION_EXPIRED");
    assertThat(state(stripe.channel.voidAuthorization(key("held", Step.VOID), held, budget())))
        .isEqualTo(State.SUCCEEDED);
  }

  @Test
  void refundsAreGivenInPartsEachOnceAndNeverMoreThanWasTaken() {
    ProviderTransaction paid = charge("pm_card_visa").transaction().orElseThrow();
    StepKey refund = key("paid", Step.REFUND);

    Answer part = stripe.channel.refund(refund, paid, Money.parse("EUR 2.34"), budget());

    ProviderTransaction given = part.transaction().orElseThrow();
    assertThat(given.kind()).isEqualTo(Kind.REFUND);
    assertThat(given.amount()).isEqualTo(Money.parse("EUR 2.34"));
    assertThat(given.parent()).contains(paid.reference());
    assertThat(stripe.channel.refund(refund, paid, Money.parse("EUR 2.34"), budget()))
        .isEqualTo(part);
    assertThat(stripe.channel.find(refund, budget())).isEqualTo(part);
    assertThat(stripe.channel.fetch(given.reference(), budget())).isEqualTo(part);
    assertThat(state(stripe.channel.find(refund.next(), budget()))).isEqualTo(State.NOT_EXECUTED);
    assertThat(
            state(stripe.channel.refund(refund.next(), paid, Money.parse("EUR 10.01"), budget())))
        .isEqualTo(State.DECLINED);
    StepKey third = refund.next().next();
    assertThat(state(stripe.channel.refund(third, paid, Money.parse("EUR 10.00"), budget())))
        .isEqualTo(State.SUCCEEDED);
    assertThat(code(stripe.channel.refund(third.next(), paid, Money.parse("EUR 0.01"), budget())))
        .isEqualTo("charge_already_refunded");
  }

  @Test
  void aCaptureIsGivenBackAsWell() {
    ProviderTransaction held = authorize();
    ProviderTransaction taken =
        stripe
            .channel
            .capture(key("held", Step.CAPTURE), held, budget())
            .transaction()
            .orElseThrow();

    StepKey refund = key("held", Step.REFUND);
    Answer given = stripe.channel.refund(refund, taken, taken.amount(), budget());

    assertThat(given.transaction().orElseThrow().parent()).contains(taken.reference());
    assertThat(stripe.channel.find(refund, budget())).isEqualTo(given);
  }

  @Test
  void aRefundThatIsOnlyPromisedIsPendingUntilTheBankHasDecided() {
    ProviderTransaction paid = charge("pm_card_visa").transaction().orElseThrow();
    StepKey refund = key("paid", Step.REFUND);
    stripe.sandbox.refundSlowly();
    assertThat(code(stripe.channel.refund(refund, paid, paid.amount(), budget())))
        .isEqualTo("REFUND_PENDING");

    stripe.sandbox.settleRefund(stripe.sandbox.all("refund").get(0).path("id").asText(), "failed");

    Answer failed = stripe.channel.refund(refund, paid, paid.amount(), budget());
    assertThat(state(failed)).isEqualTo(State.DECLINED);
    assertThat(code(failed)).isEqualTo("refund_failed");
  }

  @Test
  void aRefundOfTheDashboardIsTheOrdersToo() {
    ProviderTransaction paid = charge("pm_card_visa").transaction().orElseThrow();

    String refund = stripe.sandbox.refundInDashboard(paid.reference(), 234);

    ProviderTransaction given = stripe.channel.fetch(refund, budget()).transaction().orElseThrow();
    assertThat(given.amount()).isEqualTo(Money.parse("EUR 2.34"));
    assertThat(given.merchantReference()).isEqualTo(CHARGE.order().value());
  }

  @ParameterizedTest
  @CsvSource({"JPY 500, 500", "KWD 5.120, 5120", "ISK 5, 500", "UGX 5, 500", "HUF 10.45, 1045"})
  void moneyIsCountedAsStripeDoes(String money, long counted) {
    Answer charged =
        stripe.channel.charge(CHARGE, purchase(CHARGE, "pm_card_visa", money), budget());

    assertThat(charged.transaction().orElseThrow().amount()).isEqualTo(Money.parse(money));
    assertThat(stripe.sandbox.all("payment_intent").get(0).path("amount").asLong())
        .isEqualTo(counted);
  }

  @Test
  void anAmountThatStripeCantMoveIsNotAskedFor() {
    Answer answer =
        stripe.channel.charge(CHARGE, purchase(CHARGE, "pm_card_visa", "KWD 5.124"), budget());

    assertThat(state(answer)).isEqualTo(State.DECLINED);
    assertThat(stripe.sandbox.requests()).isEmpty();
  }

  private Answer charge(String token) {
    return stripe.channel.charge(CHARGE, purchase(CHARGE, token, "EUR 12.34"), budget());
  }

  private ProviderTransaction authorize() {
    return stripe
        .channel
        .authorize(AUTHORIZE, purchase(AUTHORIZE, "pm_card_visa", "EUR 12.34"), budget())
        .transaction()
        .orElseThrow();
  }

  private static Optional<String> header(StripeSandbox.Request request, String name) {
    return request.headers().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(java.util.Map.Entry::getValue)
        .findFirst();
  }
}
