package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.settlement.Reconciler;
import dev.orderflow.activities.settlement.SettlementReports;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.inventory.InventoryActivities.Return;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderActivities.Ending;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The settlement report of a day on which an order was paid late, and went on with that. */
class RevivedReconciliationTest {
  private static final Reason EXPIRED = new Reason("PAYMENT_EXPIRED", "not paid within PT30M");
  private static final LocalDate YESTERDAY = LocalDate.now(ZoneOffset.UTC).minusDays(1);
  private static final SettlementReports EMPTY =
      new SettlementReports() {
        @Override
        public Optional<InputStream> open(LocalDate date) {
          String header =
              "reference,kind,currency,amount_minor,merchant_reference,parent,settled_at\n";
          return Optional.of(new ByteArrayInputStream(header.getBytes(StandardCharsets.UTF_8)));
        }
      };

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @TempDir Path folder;
  private final String article = "mug-" + UUID.randomUUID();
  private Shop shop;
  private OrderId order;
  private SandboxTill till;

  @BeforeEach
  void nobodyPaysInTime() {
    shop = Shop.usual(DATABASE);
    shop.sells(article, "12.34", 1);
    OrderInput input =
        OrderInput.place(Shop.paidBy("revives", Shop.document(Shop.line(article, 1))));
    shop.orders().accept(input);
    order = input.orderId();
    till = new SandboxTill(DATABASE, folder, order, Optional.empty());
    reserve(1);
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    UndoPlan plan =
        shop.orders()
            .beginUndo(
                new UndoRequest(
                    order,
                    OrderStatus.DECLINED,
                    EXPIRED,
                    Decision.bySystem(EXPIRED),
                    Optional.of(1)));
    shop.inventory().release(new Return(key(Step.RELEASE, 1), key(Step.RESERVE, 1)));
    shop.orders().end(new Ending(order, plan.ending(), plan.reason()));
    till.bookByHand(till.reference(till.charge));
  }

  @AfterEach
  void close() {
    till.close();
  }

  private StepKey key(Step step, int n) {
    return new StepKey(order, step, n);
  }

  private void reserve(int generation) {
    shop.inventory()
        .reserve(
            new InventoryActivities.Reservation(
                key(Step.RESERVE, generation),
                List.of(new InventoryActivities.Line(1, article, 1))));
  }

  /** What the order does that hears of a payment. */
  private void goesOn() {
    till.payments.observe(order);
    till.payments.revive(order);
    reserve(2);
    shop.inventory().commit(key(Step.COMMIT, 2));
    assertThat(shop.status(order)).isEqualTo("COMPLETED");
  }

  private Outcome refunds(String amount) {
    RefundRequest wish =
        new RefundRequest(
            "r-1",
            new RefundRequest.Amount(Money.parse(amount)),
            new Decision("desk", Decision.Role.OPERATOR, "scratched"));
    return till.payments.giveBack(
        till.payments
            .decideRefund(new RefundWish(order, wish, Optional.empty()))
            .refund()
            .orElseThrow()
            .key());
  }

  private Reconciler reconciler(LocalDate date, SettlementReports reports) {
    return new Reconciler(DATABASE, SandboxChannel.WALLET, date, reports);
  }

  private void itWasYesterdayAtNoon() {
    DATABASE.execute(
        "update operation set updated_at = timestamptz '%sT12:00Z' where order_id = '%s'"
            .formatted(YESTERDAY, order));
    DATABASE.execute(
        "update provider_transaction set reported_at = timestamptz '%sT11:00Z' where key like '%s/%%'"
            .formatted(YESTERDAY, order));
  }

  @Test
  void thatItIsPaidAfterAllTheReportMaySayFirst() {
    Reconciler reconciler = reconciler(till.day(), till.reports());

    assertThat(reconciler.reconcile(told -> goesOn()).agrees()).isTrue();

    assertThat(reconciler.told()).containsExactly(order);
    assertThat(reconciler.differences(order)).containsExactly("CHARGE MISSING_IN_LEDGER MENDED");
  }

  @Test
  void whatItStandsOnAndWhatIsRefundedOfItAgree() {
    goesOn();
    assertThat(refunds("EUR 2.34").state()).isEqualTo(Outcome.State.SUCCEEDED);

    Reconciler reconciler = reconciler(till.day(), till.reports());

    assertThat(reconciler.reconcile(told -> {}).agrees()).isTrue();
    assertThat(reconciler.told()).isEmpty();
    assertThat(reconciler.differences(order)).isEmpty();
  }

  /** The charge has the first generation's key, and was refused; what came of it was not. */
  @Test
  void whatItStandsOnAndNoReportShowsIsMissingAtTheProvider() {
    goesOn();
    refunds("EUR 2.34");
    itWasYesterdayAtNoon();

    Reconciler reconciler = reconciler(YESTERDAY, EMPTY);
    reconciler.reconcile(told -> till.payments.observe(order));

    assertThat(reconciler.told()).containsExactly(order);
    assertThat(reconciler.differences(order))
        .containsExactly(
            "CHARGE MISSING_AT_PROVIDER SIGNALLED", "REFUND MISSING_AT_PROVIDER SIGNALLED");

    reconciler(till.day(), till.reports()).reconcile(told -> {});

    assertThat(reconciler.differences(order))
        .containsExactly("CHARGE MISSING_AT_PROVIDER MENDED", "REFUND MISSING_AT_PROVIDER MENDED");
  }

  @Test
  void whatCameAndWasGivenBackInsteadIsComparedTheSameWay() {
    shop.orders()
        .beginUndo(
            new UndoRequest(
                order,
                OrderStatus.CANCELLED,
                new Reason("CANCELLED", "so"),
                new Decision("customer-1", Decision.Role.CUSTOMER, "changed my mind"),
                Optional.of(1)));
    till.payments
        .observe(order)
        .undos()
        .forEach(undo -> till.payments.refund(new Reversal(undo.key(), undo.forward())));

    assertThat(till.done("refund")).hasSize(1);
    assertThat(reconciler(till.day(), till.reports()).reconcile(told -> {}).agrees()).isTrue();

    itWasYesterdayAtNoon();
    Reconciler yesterday = reconciler(YESTERDAY, EMPTY);
    yesterday.reconcile(told -> {});
    assertThat(yesterday.differences(order)).isEmpty();
  }
}
