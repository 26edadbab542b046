package dev.orderflow.activities.payment.stripe;

import static dev.orderflow.activities.payment.stripe.Stripe.budget;
import static dev.orderflow.activities.payment.stripe.Stripe.code;
import static dev.orderflow.activities.payment.stripe.Stripe.key;
import static dev.orderflow.activities.payment.stripe.Stripe.purchase;
import static dev.orderflow.activities.payment.stripe.Stripe.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.Movements;
import dev.orderflow.activities.payment.Movements.Dispute;
import dev.orderflow.activities.payment.Movements.Movement;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Stripe, or somebody in its dashboard, did to a payment later. */
class StripeMovementsTest {
  private static final StepKey CHARGE = key("moved", Step.CHARGE);
  private static final StepKey REFUND = key("moved", Step.REFUND);

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
  void refundsByWhomeverAreToldOldestFirst() {
    ProviderTransaction paid = charged();
    String ours = refunded(REFUND, paid, "EUR 2.00").outcome().reference().orElseThrow();
    stripe.pass(Duration.ofMinutes(1));
    String byHand = stripe.sandbox.refundInDashboard(paid.reference(), 100);

    assertThat(told(paid).movements())
        .containsExactly(
            refund(ours, "EUR 2.00", paid.reference()),
            refund(byHand, "EUR 1.00", paid.reference()));
  }

  @Test
  void aRefundThatComesBackIsAMovementOfItsOwnAndTheRefundIsAskedAboutByItsName() {
    ProviderTransaction paid = charged();
    String refund = refunded(REFUND, paid, "EUR 2.00").outcome().reference().orElseThrow();
    stripe.pass(Duration.ofDays(14));

    stripe.sandbox.settleRefund(refund, "failed");

    assertThat(told(paid).movements())
        .containsExactly(
            refund(refund, "EUR 2.00", paid.reference()),
            new Movement(
                Movement.Kind.REFUND_FAILED,
                refund + "/failed",
                Money.parse("EUR 2.00"),
                refund,
                Optional.of(
                    new Reason("declined", "Stripe's " + refund + " came back: declined."))));
    Answer found = stripe.channel.fetch(refund, budget());
    assertThat(state(found)).isEqualTo(State.DECLINED);
    assertThat(found.outcome().reference()).contains(refund);
    assertThat(state(refunded(REFUND.next(), paid, "EUR 2.00"))).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void whatIsOnlyPromisedIsAnothersRefundAtOnceAndOursWhenItIsMade() {
    ProviderTransaction paid = charged();
    stripe.sandbox.refundSlowly();

    Answer promised = refunded(REFUND, paid, "EUR 2.00");

    assertThat(state(promised)).isEqualTo(State.PENDING);
    String refund = promised.outcome().reference().orElseThrow();
    assertThat(told(paid)).isEqualTo(Movements.none());
    String anothers = stripe.sandbox.refundInDashboard(paid.reference(), 100);
    stripe.sandbox.settleRefund(anothers, "pending");
    assertThat(told(paid).movements())
        .containsExactly(refund(anothers, "EUR 1.00", paid.reference()));
    stripe.sandbox.settleRefund(refund, "succeeded");
    assertThat(told(paid).movements())
        .containsExactlyInAnyOrder(
            refund(refund, "EUR 2.00", paid.reference()),
            refund(anothers, "EUR 1.00", paid.reference()));
  }

  @Test
  void aDisputeTakesMoneyAndReturnsItWhenItIsWon() {
    ProviderTransaction paid = charged();
    String dispute = stripe.sandbox.dispute(theCharge(), 234);

    Movements.Reported open = told(paid);
    stripe.pass(Duration.ofDays(60));
    stripe.sandbox.winDispute(dispute);
    Movements.Reported won = told(paid);

    assertThat(open.disputes())
        .containsExactly(
            new Dispute(
                dispute,
                Money.parse("EUR 2.34"),
                DisputeState.OPEN,
                Optional.of(
                    new Reason(
                        "product_not_received", "Stripe's " + dispute + ": product_not_received.")),
                Optional.of(Instant.parse("2026-01-08T00:00:00Z")),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z"))));
    assertThat(kinds(open)).containsExactly("CHARGEBACK EUR 2.34");
    assertThat(open.movements().get(0).reference()).startsWith("txn_");
    assertThat(open.movements().get(0).of()).isEqualTo(paid.reference());
    assertThat(won.disputes()).extracting(Dispute::state).containsExactly(DisputeState.WON);
    assertThat(kinds(won)).containsExactly("CHARGEBACK EUR 2.34", "CHARGEBACK_REVERSED EUR 2.34");
    assertThat(won.movements().get(0)).isEqualTo(open.movements().get(0));
  }

  @Test
  void whatIsSettledInAnotherCurrencyCountsWithItsPartOfWhatIsDisputed() {
    ProviderTransaction paid = charged();
    stripe.sandbox.settleDisputesIn("usd", new BigDecimal("1.25"));
    String dispute = stripe.sandbox.dispute(theCharge(), 1200);

    stripe.pass(Duration.ofDays(60));
    stripe.sandbox.winDispute(dispute, 400);

    assertThat(kinds(told(paid)))
        .containsExactly("CHARGEBACK EUR 12.00", "CHARGEBACK_REVERSED EUR 4.00");
  }

  @Test
  void whatIsWonAtAnotherRateIsAllOfIt() {
    ProviderTransaction paid = charged();
    stripe.sandbox.settleDisputesIn("usd", new BigDecimal("1.2501"));
    String dispute = stripe.sandbox.dispute(theCharge(), 1234);
    stripe.sandbox.settleDisputesIn("usd", new BigDecimal("1.3117"));

    stripe.pass(Duration.ofDays(60));
    stripe.sandbox.winDispute(dispute);

    assertThat(kinds(told(paid)))
        .containsExactly("CHARGEBACK EUR 12.34", "CHARGEBACK_REVERSED EUR 12.34");
  }

  @Test
  void aPartThatIsWonAtAnotherRateGoesByThatRate() {
    ProviderTransaction paid = charged();
    stripe.sandbox.settleDisputesIn("usd", new BigDecimal("1.25"));
    String dispute = stripe.sandbox.dispute(theCharge(), 1200);
    stripe.sandbox.settleDisputesIn("usd", new BigDecimal("1.3125"));

    stripe.pass(Duration.ofDays(60));
    stripe.sandbox.winDispute(dispute, 400);

    // USD 5.25, of USD 15.00 that were taken.
    assertThat(kinds(told(paid)))
        .containsExactly("CHARGEBACK EUR 12.00", "CHARGEBACK_REVERSED EUR 4.00");
  }

  @Test
  void aPartThatSeveralAmountsWouldSettleToStaysInTheCurrencyInWhichItWasSettled() {
    ProviderTransaction paid = charged();
    stripe.sandbox.settleDisputesIn("usd", new BigDecimal("0.8"));
    String dispute = stripe.sandbox.dispute(theCharge(), 1234);

    stripe.pass(Duration.ofDays(60));
    stripe.sandbox.winDispute(dispute, 103);

    // EUR 1.02 would settle to USD 0.82 as well.
    assertThat(kinds(told(paid)))
        .containsExactly("CHARGEBACK EUR 12.34", "CHARGEBACK_REVERSED USD 0.82");
  }

  @Test
  void whileADisputeIsOpenOrLostStripeRefundsNothing() {
    ProviderTransaction paid = charged();
    String dispute = stripe.sandbox.dispute(theCharge(), 1234);

    assertThat(code(refunded(REFUND, paid, "EUR 1.00"))).isEqualTo("charge_disputed");
    stripe.sandbox.loseDispute(dispute);
    assertThat(code(refunded(REFUND.next(), paid, "EUR 1.00"))).isEqualTo("charge_disputed");
    assertThat(told(paid).disputes()).extracting(Dispute::state).containsExactly(DisputeState.LOST);
    assertThat(kinds(told(paid))).containsExactly("CHARGEBACK EUR 12.34");
  }

  @Test
  void anInquiryIsADisputeThatMovesNothing() {
    ProviderTransaction paid = charged();
    stripe.sandbox.inquire(theCharge());

    assertThat(told(paid).disputes()).extracting(Dispute::state).containsExactly(DisputeState.OPEN);
    assertThat(told(paid).movements()).isEmpty();
  }

  @Test
  void ofACaptureItIsAskedByItsCharge() {
    StepKey authorize = key("moved", Step.AUTHORIZE);
    ProviderTransaction held =
        stripe
            .channel
            .authorize(authorize, purchase(authorize, "pm_card_visa", "EUR 12.34"), budget())
            .transaction()
            .orElseThrow();
    ProviderTransaction taken =
        stripe
            .channel
            .capture(key("moved", Step.CAPTURE), held, budget())
            .transaction()
            .orElseThrow();
    String refund = stripe.sandbox.refundInDashboard(held.reference(), 100);
    stripe.sandbox.dispute(taken.reference(), 1134);

    assertThat(kinds(told(taken))).containsExactly("REFUND EUR 1.00", "CHARGEBACK EUR 11.34");
    assertThat(told(taken).movements().get(0))
        .isEqualTo(refund(refund, "EUR 1.00", taken.reference()));
  }

  @Test
  void moreThanAPageOfRefundsIsReadToItsEnd() {
    ProviderTransaction paid = charged();
    for (int n = 1; n <= 101; n++) {
      stripe.sandbox.refundInDashboard(paid.reference(), n % 2 + 1);
    }

    assertThat(told(paid).movements()).hasSize(101).doesNotHaveDuplicates();
  }

  @Test
  void whoCantBeAskedTellsNothing() {
    ProviderTransaction paid = charged();
    StripeChannel stranger =
        stripe.channel(Stripe.config(stripe.sandbox.url(), "sk_test_of_another", Optional.empty()));

    assertThat(reason(stranger.movements(paid, budget()))).isEqualTo("UNAUTHORIZED");
    assertThat(reason(stripe.channel.movements(paid, CallBudget.of(Duration.ZERO))))
        .isEqualTo("NO_TIME_LEFT");
    stripe.close();
    assertThat(reason(stripe.channel.movements(paid, budget()))).isEqualTo("UNREACHABLE");
  }

  private ProviderTransaction charged() {
    return stripe
        .channel
        .charge(CHARGE, purchase(CHARGE, "pm_card_visa", "EUR 12.34"), budget())
        .transaction()
        .orElseThrow();
  }

  private Answer refunded(StepKey key, ProviderTransaction paid, String amount) {
    return stripe.channel.refund(key, paid, Money.parse(amount), budget());
  }

  private String theCharge() {
    return stripe.sandbox.all("charge").get(0).path("id").asText();
  }

  private Movements.Reported told(ProviderTransaction paid) {
    return (Movements.Reported) stripe.channel.movements(paid, budget());
  }

  private static List<String> kinds(Movements.Reported told) {
    return told.movements().stream().map(m -> m.kind() + " " + m.amount()).toList();
  }

  private static Movement refund(String reference, String amount, String of) {
    return new Movement(Movement.Kind.REFUND, reference, Money.parse(amount), of, Optional.empty());
  }

  private static String reason(Movements movements) {
    return ((Movements.Unanswered) movements).reason().code();
  }
}
