package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.settlement.Reconciler;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The provider does things of its own, and none of its callbacks arrives: the day's reconciliation
 * finds what moved money, its order asks, and both agree.
 */
class LostCallbackTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @TempDir Path folder;
  private OrderId order;
  private SandboxTill till;
  private String payment;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 1000);
  }

  @BeforeEach
  void anOrderIsPaid() {
    order = shop.reserved("mug", 1);
    till = new SandboxTill(DATABASE, folder, order, Optional.empty());
    till.charge(till.charge, "sandbox", "approve");
    payment = till.reference(till.charge);
  }

  @AfterEach
  void stop() {
    till.close();
    DATABASE.execute("delete from settlement_difference");
  }

  @Test
  void aRefundOfTheDashboardIsMendedAndACancelGivesBackOnlyTheRest() {
    till.byHand("refunds", "{\"charge\":\"%s\",\"amount\":234}".formatted(payment));
    Reconciler day = day();

    assertThat(day.reconcile(till.payments::observe).agrees()).isTrue();

    assertThat(day.told()).containsExactly(order);
    assertThat(day.differences(order)).containsExactly("REFUND MISSING_IN_LEDGER MENDED");
    assertThat(till.ledger.find(StepKey.of(order, Step.REPORTED_REFUND))).isPresent();
    assertThat(returned()).isEqualTo(234);
    Undo undo =
        shop.beginUndo(order, OrderStatus.CANCELLED).undos().stream()
            .filter(u -> u.forward().equals(till.charge))
            .findFirst()
            .orElseThrow();
    assertThat(till.payments.refund(new Reversal(undo.key(), undo.forward())).state())
        .isEqualTo(State.SUCCEEDED);
    assertThat(till.done("refund"))
        .extracting(refund -> refund.path("amount").asLong())
        .containsExactly(234L, 1000L);
    assertThat(day.reconcile(till.payments::observe).agrees()).isTrue();
  }

  @Test
  void aChargebackAndItsReturnAreMended() {
    String dispute = till.byHand("disputes", "{\"charge\":\"%s\"}".formatted(payment));
    Reconciler day = day();
    assertThat(day.reconcile(till.payments::observe).agrees()).isTrue();
    assertThat(day.differences(order)).containsExactly("CHARGEBACK MISSING_IN_LEDGER MENDED");
    assertThat(returned()).isEqualTo(1234);
    assertThat(disputes("OPEN")).isEqualTo(1);

    till.byHand("disputes/" + dispute + "/won", "");

    assertThat(day.reconcile(till.payments::observe).agrees()).isTrue();
    assertThat(day.differences(order))
        .containsExactly(
            "CHARGEBACK MISSING_IN_LEDGER MENDED", "CHARGEBACK_REVERSED MISSING_IN_LEDGER MENDED");
    assertThat(returned()).isZero();
    assertThat(disputes("WON")).isEqualTo(1);
  }

  @Test
  void aRefundOfOursThatCameBackIsMendedAndHeldForAPerson() {
    Undo undo =
        shop.beginUndo(order, OrderStatus.CANCELLED).undos().stream()
            .filter(u -> u.forward().equals(till.charge))
            .findFirst()
            .orElseThrow();
    till.payments.refund(new Reversal(undo.key(), undo.forward()));
    Reconciler day = day();
    assertThat(day.reconcile(till.payments::observe).agrees()).isTrue();
    assertThat(day.told()).isEmpty();

    String refund = till.reference(undo.key());
    till.byHand("refund-failures", "{\"refund\":\"%s\"}".formatted(refund));

    assertThat(day.reconcile(till.payments::observe).agrees()).isTrue();
    assertThat(day.differences(order)).containsExactly("REFUND_FAILED MISSING_IN_LEDGER MENDED");
    assertThat(till.payments.observe(order).undos())
        .singleElement()
        .satisfies(again -> assertThat(again.held()).isPresent());
  }

  @Test
  void whileItsOrderCantBeToldTheDifferenceStaysForAPerson() {
    till.byHand("refunds", "{\"charge\":\"%s\",\"amount\":234}".formatted(payment));
    Reconciler day = day();

    assertThat(day.reconcile(silent -> {}).agrees()).isFalse();
    assertThat(day.differences(order)).containsExactly("REFUND MISSING_IN_LEDGER SIGNALLED");

    till.payments.observe(order);

    assertThat(day.reconcile(silent -> {}).agrees()).isTrue();
    assertThat(day.differences(order)).containsExactly("REFUND MISSING_IN_LEDGER MENDED");
  }

  private Reconciler day() {
    return new Reconciler(DATABASE, SandboxChannel.NAME, till.day(), till.reports());
  }

  private long returned() {
    return DATABASE.number("select returned_minor from payment where key = '" + till.charge + "'");
  }

  private long disputes(String state) {
    return DATABASE.number(
        "select count(*) from dispute where order_id = '%s' and state = '%s'"
            .formatted(order, state));
  }
}
