package dev.orderflow.activities.payment.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Modules;
import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.PaymentConfig;
import dev.orderflow.activities.payment.PaymentModule;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What Stripe does of its own, and what of it is in our books. */
class StripeRoomTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @TempDir Path directory;
  private Stripe stripe;
  private PaymentActivities payments;
  private Ledger ledger;
  private OrderId order;
  private StepKey charge;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 1000);
  }

  @BeforeEach
  void anOrderIsPaid() {
    stripe = new Stripe(directory);
    Injector room =
        DATABASE.injector(
            Modules.override(new PaymentModule(PaymentConfig.defaults())).with(seams()));
    payments = room.getInstance(PaymentActivities.class);
    ledger = room.getInstance(Ledger.class);
    order = shop.reserved("mug", 1);
    charge = StepKey.of(order, Step.CHARGE);
    payments.charge(new Payment(charge, "stripe", "pm_card_visa", Money.parse("EUR 12.34")));
  }

  private AbstractModule seams() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(() -> AttemptKind.REGULAR);
        MapBinder.newMapBinder(binder(), String.class, PaymentChannel.class)
            .addBinding("stripe")
            .toInstance(stripe.channel);
      }
    };
  }

  @AfterEach
  void close() {
    stripe.close();
  }

  @Test
  void aRefundOfTheDashboardAndADisputeThatIsWonAreBookedOnceEach() {
    stripe.sandbox.refundInDashboard(reference(charge), 100);
    stripe.pass(Duration.ofDays(1));
    String dispute = stripe.sandbox.dispute(theCharge(), 1134);
    assertThat(payments.observe(order).undos()).isEmpty();
    assertThat(returned()).isEqualTo(1234);
    stripe.pass(Duration.ofDays(60));
    stripe.sandbox.winDispute(dispute);

    for (int often = 0; often < 2; often++) {
      assertThat(payments.observe(order).undos()).isEmpty();
      assertThat(moved())
          .containsExactly(
              "REPORTED_REFUND EUR 100", "CHARGEBACK EUR 1134", "CHARGEBACK_REVERSED EUR 1134");
      assertThat(returned()).isEqualTo(100);
    }
  }

  @Test
  void aRefundOfOursThatComesBackIsHeldForAPerson() {
    Undo undo = refundOf(charge);
    assertThat(payments.refund(new Reversal(undo.key(), undo.forward())).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(payments.observe(order).undos()).isEmpty();

    stripe.pass(Duration.ofDays(14));
    stripe.sandbox.settleRefund(reference(undo.key()), "failed");

    assertThat(payments.observe(order).undos())
        .singleElement()
        .satisfies(again -> assertThat(again.held()).isPresent());
    assertThat(moved()).containsExactly("REFUND_FAILED EUR 1234");
  }

  @Test
  void aRefundThatStripeNeverSentIsADeclineOfOursAndNoMovement() {
    stripe.sandbox.refundSlowly();
    Undo undo = refundOf(charge);
    assertThat(
            catchThrowableOfType(
                    ApplicationFailure.class,
                    () -> payments.refund(new Reversal(undo.key(), undo.forward())))
                .getType())
        .isEqualTo("PENDING");
    assertThat(moved()).isEmpty();

    stripe.sandbox.settleRefund(reference(undo.key()), "failed");
    stripe.indexed();

    assertThat(payments.refund(new Reversal(undo.key(), undo.forward())).isDeclined()).isTrue();
    payments.observe(order);
    assertThat(moved()).isEmpty();
    assertThat(returned()).isZero();
  }

  private Undo refundOf(StepKey paid) {
    return shop.beginUndo(order, OrderStatus.CANCELLED).undos().stream()
        .filter(undo -> undo.forward().equals(paid))
        .findFirst()
        .orElseThrow();
  }

  private String reference(StepKey key) {
    return ledger.find(key).flatMap(Operation::reference).orElseThrow();
  }

  private String theCharge() {
    return stripe.sandbox.all("charge").get(0).path("id").asText();
  }

  private long returned() {
    return DATABASE.number("select returned_minor from payment where key = '" + charge + "'");
  }

  /** What is booked of what Stripe did, oldest first. */
  private List<String> moved() {
    return DATABASE
        .get(Jdbi.class)
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select o.step || ' ' || t.currency || ' ' || t.amount_minor
                        from operation o join provider_transaction t on t.key = o.key
                        where o.order_id = :order
                          and o.step in ('REPORTED_REFUND', 'REFUND_FAILED', 'CHARGEBACK',
                                         'CHARGEBACK_REVERSED')
                        order by o.seq
                        """)
                    .bind("order", order.value())
                    .mapTo(String.class)
                    .list());
  }
}
