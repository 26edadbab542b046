package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.api.enums.v1.EventType;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money that came late, or a second time, is given back, and the customer is told. */
class LateMoneyTest {

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder awaiting(String key) {
    TestOrder order = shop.order(Basket.rich(key).awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    return order;
  }

  private static StepKey first(TestOrder order) {
    return StepKey.of(order.id(), Step.CHARGE);
  }

  private TestAftercare after(TestOrder order) {
    return new TestAftercare(shop, order.id());
  }

  @Test
  void whatIsPaidAfterTheDeadlineIsGivenBack() {
    TestOrder order = awaiting("late-expired");
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(first(order));

    OrderView view = after(order).reported().ends(OrderStatus.DECLINED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo("PAYMENT_EXPIRED");
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aSecondPaymentOfACompletedOrderIsGivenBackAndTheFirstIsKept() {
    TestOrder order = awaiting("late-second");
    order.pay(Wallet.CHANNEL, "tok_second").join();
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
    shop.ledger().customerPaysLate(first(order));

    after(order).reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  /** The order's own workflow still runs, so that it hears of it. */
  @Test
  void anOrderOnItsWayGivesTheFormerPaymentBackAtItsEnd() {
    TestOrder order = shop.order(Basket.rich("late-running").awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.pay(Wallet.CHANNEL, "tok_second").join();
    shop.ledger().customerPaysLate(first(order));
    order.reported().customerPays().reported();

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.OBSERVE)).isPositive();
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aReportAboutNothingChangesNothing() {
    TestOrder order = awaiting("late-nothing");
    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    after(order).reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.REFUND)).isZero();
  }

  @Test
  void whatTheBankHasTakenBackAlreadyNobodyIsToldOf() {
    TestOrder order = awaiting("late-charged-back");
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(first(order));
    shop.ledger().bankTakesLateMoneyBack(order.id());

    after(order).reported().ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.REFUND)).isOne();
    assertThat(order.attempts(Call.RETURN_NOTICE)).isZero();
  }

  @Test
  void reportsInABurstGiveBackOnce() {
    TestOrder order = awaiting("late-burst");
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(first(order));
    Gate gate = new Gate();
    order.with(Call.REFUND, Trouble.waitingAfter(gate));

    after(order).reported();
    gate.awaitArrival();
    after(order).reported();
    after(order).reported();
    gate.open();

    after(order).ends(OrderStatus.DECLINED);
  }

  @Test
  void aRefundThatIsRefusedWaitsForAnOperator() {
    TestOrder order = awaiting("late-refused");
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(first(order));
    order.with(Call.REFUND, Trouble.declinedUpTo(100, "NOT_NOW"));

    after(order).reported().awaitReview();
    after(order).decide(Review.Choice.RETRY, Optional.empty()).join();

    after(order).ends(OrderStatus.DECLINED);
  }

  @Test
  void aCancelThatIsRefusedMeanwhileDoesNotStopIt() {
    TestOrder order = awaiting("late-cancel");
    order.pay(Wallet.CHANNEL, "tok_second").join();
    shop.ledger().customerPaysLate(first(order));
    shop.ledger().willNotRefund(order.id(), new Reason("WINDOW_OVER", "14 days are over"));
    order.with(Call.OBSERVE, Trouble.failingFrom(2, 6));
    order.customerPays().reported();
    order.awaitRegular(Call.OBSERVE);

    CancelReply reply = order.cancel().join();

    assertThat(reply.verdict()).isEqualTo(CancelReply.Verdict.REFUSED);
    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aCancelMeanwhileTakesBackTheWholeOrder() {
    TestOrder order = awaiting("late-cancelled");
    order.customerRefuses().reported();
    order.awaitReason("refused");
    order.with(Call.OBSERVE, Trouble.failingFrom(2, 6));
    order.pay(Basket.CHANNEL, "tok_card");
    order.awaitRegular(Call.OBSERVE);

    order.cancel().join();

    order.ends(OrderStatus.REFUNDED);
  }

  @Test
  void aProviderInTroubleIsAskedUntilItAnswers() {
    TestOrder order = awaiting("late-trouble");
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(first(order));
    order.with(Call.OBSERVE, Trouble.failing(6));

    after(order).reported().ends(OrderStatus.DECLINED);
  }

  /** One of two is given back, a person is asked about the other, and then nobody answers. */
  @Test
  void whoWasGivenMoneyBackIsToldOfItAlsoWhereALaterQuestionFails() {
    TestOrder order = awaiting("late-told");
    order.pay(Wallet.CHANNEL, "tok_second").join();
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(first(order));
    shop.ledger().customerPaysLate(first(order).next());
    order.with(Call.REFUND, Trouble.declinedUpTo(100, "NOT_NOW"));
    after(order).reported().awaitReview();
    order.with(Call.OBSERVE, Trouble.never("NOT_THERE"));

    after(order).decide(Review.Choice.RETRY, Optional.empty()).join();

    OrderView view = after(order).result();
    assertThat(view.steps().toString()).as("the other is still there").contains("NOT_THERE");
    assertThat(order.attempts(Call.REFUND)).isEqualTo(2);
    assertThat(order.attempts(Call.RETURN_NOTICE)).isOne();
  }

  @Test
  void anOrderOnItsWayShowsThatTheFormerPaymentWentBack() {
    shop.ledger().tellsBalances();
    TestOrder order = awaiting("late-running-shown");
    order.pay(Wallet.CHANNEL, "tok_second").join();
    shop.ledger().customerPaysLate(first(order));
    order.reported().customerPays().reported();

    PaymentBalance balance = order.ends(OrderStatus.COMPLETED).balance().orElseThrow();

    assertThat(balance.captured()).isEqualTo(Money.parse("EUR 50.00"));
    assertThat(balance.left()).isEqualTo(Money.parse("EUR 25.00"));
  }

  @Test
  void aHealthyOrderThatIsReportedShowsAndCostsNothingMore() {
    TestOrder former = awaiting("late-healthy-former");
    former.customerPays().reported().ends(OrderStatus.COMPLETED);
    shop.ledger().tellsBalances();
    TestOrder order = awaiting("late-healthy");

    OrderView view = order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(view.balance()).isEmpty();
    assertThat(order.count(EventType.EVENT_TYPE_MARKER_RECORDED))
        .isEqualTo(former.count(EventType.EVENT_TYPE_MARKER_RECORDED));
  }
}
