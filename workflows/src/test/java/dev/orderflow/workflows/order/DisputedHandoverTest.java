package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is reported between the payment and the handover is heard before the goods leave. */
class DisputedHandoverTest {

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder onHold(String key) {
    TestOrder order = shop.order(Basket.rich(key).withHold()).place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    return order;
  }

  /** Paid, but the goods can't leave yet. */
  private TestOrder stuckAtCommit(String key) {
    TestOrder order =
        shop.order(Basket.rich(key)).with(Call.COMMIT, Trouble.declinedUpTo(1, "SHORT")).place();
    order.awaitReviewOf(Step.COMMIT);
    return order;
  }

  @Test
  void goodsWhosePaymentIsDisputedAreNotHandedOver() {
    TestOrder order = stuckAtCommit("disputed-review");
    shop.ledger().disputed(order.id());
    order.reported();

    order.decide(Choice.RETRY).join();

    OrderView view = order.ends(OrderStatus.CANCELLED);
    assertThat(view.reason().orElseThrow().code()).isEqualTo(Reason.DISPUTED);
    assertThat(order.attempts(Call.REFUND)).as("the bank gave it back").isZero();
    assertThat(order.attempts(Call.CONFIRM)).isZero();
  }

  /** The payment's own callback is lost, or comes together with it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsReportedBeforeThePaymentIsKnownIsHeardToo(int reports) {
    TestOrder order = shop.order(Basket.rich("disputed-early-" + reports).awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.customerPays();
    shop.ledger().disputed(order.id());

    for (int i = 0; i < reports; i++) {
      order.reported();
    }

    OrderView view = order.ends(OrderStatus.CANCELLED);
    assertThat(view.reason().orElseThrow().code()).isEqualTo(Reason.DISPUTED);
    assertThat(order.attempts(Call.CONFIRM)).isZero();
  }

  @Test
  void aPaymentThatIsKnownByItsReportIsLookedAtOnce() {
    TestOrder order = shop.order(Basket.rich("disputed-not").awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.OBSERVE)).isOne();
    assertThat(order.count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)).isLessThanOrEqualTo(3);
    assertThat(order.history()).hasSizeLessThanOrEqualTo(30);
  }

  @Test
  void aPaymentThatIsFoundWithoutAReportIsNotLookedAt() {
    TestOrder order = shop.order(Basket.rich("disputed-unreported").awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    order.customerPays().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.OBSERVE)).isZero();
  }

  @Test
  void aReportThatChangesNothingLetsTheGoodsLeave() {
    TestOrder order = onHold("disputed-nothing").reported();

    order.decide(Choice.APPROVE).join();

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.OBSERVE)).isPositive();
  }

  @Test
  void aProviderThatDoesNotAnswerHoldsTheGoodsForNoLongerThanAPayment() {
    TestOrder order = onHold("disputed-silent").reported();
    order.with(Call.OBSERVE, Trouble.failing(40));

    order.decide(Choice.APPROVE);

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.took()).isLessThan(Duration.ofHours(20));
  }

  @Test
  void aCancelMeanwhileIsHeededFirst() {
    TestOrder order = onHold("disputed-cancel").reported();
    order.with(Call.OBSERVE, Trouble.failing(8));
    order.decide(Choice.APPROVE);
    order.awaitRegular(Call.OBSERVE);

    order.cancel().join();

    order.ends(OrderStatus.CANCELLED);
  }

  @Test
  void aHealthyOrderAsksNobody() {
    TestOrder order = shop.order(Basket.rich("disputed-healthy")).place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.OBSERVE)).isZero();
    assertThat(order.count(EventType.EVENT_TYPE_MARKER_RECORDED)).isEqualTo(8);
  }

  @Test
  void whoLooksSeesWhatTheBankTookBackBeforeTheHandover() {
    shop.ledger().tellsBalances();
    TestOrder order = stuckAtCommit("disputed-shown");
    shop.ledger().disputed(order.id());
    order.reported();

    order.decide(Choice.RETRY).join();

    PaymentBalance balance = order.ends(OrderStatus.CANCELLED).balance().orElseThrow();
    assertThat(balance.captured()).isEqualTo(Money.parse("EUR 25.00"));
    assertThat(balance.left().isZero()).isTrue();
  }

  /** The payment's own callback is lost, or comes together with it. */
  @Test
  void whoLooksSeesWhatTheBankTookBackBeforeThePaymentWasHeardOf() {
    shop.ledger().tellsBalances();
    TestOrder order = shop.order(Basket.rich("disputed-early-shown").awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.customerPays();
    shop.ledger().disputed(order.id());

    OrderView view = order.reported().ends(OrderStatus.CANCELLED);

    assertThat(view.balance().orElseThrow().left().isZero()).isTrue();
  }
}
