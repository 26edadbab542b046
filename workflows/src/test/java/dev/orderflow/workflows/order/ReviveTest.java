package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Paid after the deadline: the order goes on where that is allowed and possible. */
class ReviveTest {

  @RegisterExtension final Shop shop = new Shop();

  /** Nobody paid in time. */
  private TestOrder expired(String key) {
    TestOrder order = shop.order(Basket.rich(key).revivable()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.ends(OrderStatus.DECLINED);
    return order;
  }

  private void paysLate(TestOrder order) {
    shop.ledger().customerPaysLate(StepKey.of(order.id(), Step.CHARGE));
  }

  private TestAftercare after(TestOrder order) {
    return new TestAftercare(shop, order.id());
  }

  private List<String> keys(OrderView view) {
    return view.steps().stream()
        .map(step -> step.key().toString().substring(step.key().order().value().length() + 1))
        .toList();
  }

  @Test
  void anOrderThatIsPaidAfterItsDeadlineGoesOnUnderNewKeys() {
    TestOrder order = expired("revived");
    paysLate(order);

    OrderView handed = after(order).reported().result();
    OrderView view = order.ends(OrderStatus.COMPLETED);

    assertThat(handed.status()).isEqualTo(OrderStatus.PLACED);
    assertThat(keys(view))
        .containsExactly(
            "coupon-hold/2", "reserve/2", "commit/2", "coupon-redeem/2", "grant/2", "confirm/2");
    assertThat(view.reason()).isEmpty();
    assertThat(order.attempts(Call.REFUND)).isZero();
    assertThat(order.attempts(Call.CHARGE)).isOne();
  }

  @Test
  void withoutThatPolicyTheMoneyGoesBackAndNobodyAsks() {
    TestOrder order = shop.order(Basket.rich("revive-never").awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.ends(OrderStatus.DECLINED);
    paysLate(order);

    after(order).reported().ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.REVIVE)).isZero();
  }

  @Test
  void whatTheLedgerDoesNotReviveGoesBack() {
    TestOrder order = expired("revive-refused");
    shop.ledger().willNotRevive(order.id(), new Reason("TOO_LATE", "a day is over"));
    paysLate(order);

    after(order).reported().ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void soldMeanwhileTheMoneyGoesBackAndTheCustomerIsToldOnce() {
    TestOrder order = expired("revive-sold");
    order.with(Call.RESERVE, Trouble.declined("OUT_OF_STOCK"));
    paysLate(order);

    after(order).reported().result();
    OrderView view = order.ends(OrderStatus.REJECTED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo("OUT_OF_STOCK");
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aCouponThatCanNotBeHeldAnyMoreEndsItToo() {
    TestOrder order = expired("revive-coupon");
    order.with(Call.COUPON_HOLD, Trouble.declined("COUPON_USED_UP"));
    paysLate(order);

    after(order).reported().result();

    order.ends(OrderStatus.REJECTED);
  }

  /** It is told again only where nobody knows whether it was. */
  @Test
  void recoveredAfterItCouldNotBeCompletedItTellsNobodyAgain() {
    TestOrder order = expired("revive-told");
    order.with(Call.RESERVE, Trouble.declined("OUT_OF_STOCK"));
    paysLate(order);
    after(order).reported().result();
    order.ends(OrderStatus.REJECTED);

    order.recover().ends(OrderStatus.REJECTED);

    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aSecondLatePaymentOfARevivedOrderGoesBack() {
    TestOrder order = shop.order(Basket.rich("revive-twice").revivable()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    order.pay(Wallet.CHANNEL, "tok_second").join();
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(new StepKey(order.id(), Step.CHARGE, 2));
    after(order).reported().result();
    order.ends(OrderStatus.COMPLETED);

    paysLate(order);
    after(order).reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aReportAboutARevivedOrderChangesNothing() {
    TestOrder order = expired("revive-again");
    paysLate(order);
    after(order).reported().result();
    order.ends(OrderStatus.COMPLETED);

    after(order).reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.REFUND)).isZero();
  }

  @Test
  void reportsInABurstReviveItOnce() {
    TestOrder order = expired("revive-burst");
    paysLate(order);
    Gate gate = new Gate();
    order.with(Call.REVIVE, Trouble.waitingAfter(gate));

    after(order).reported();
    gate.awaitArrival();
    after(order).reported();
    after(order).reported();
    gate.open();

    after(order).result();
    order.ends(OrderStatus.COMPLETED);
  }

  /** The order's run hears of it after its ending and before its own end. */
  @Test
  void reportedWhileItIsTakenBackItsOwnRunBeginsAnew() {
    TestOrder order = shop.order(Basket.rich("revive-own").revivable()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    Gate gate = new Gate();
    order.with(Call.END, Trouble.waitingBefore(gate));
    order.sleepBeside(Duration.ofMinutes(31));
    gate.awaitArrival();
    paysLate(order);
    order.reported();
    gate.open();

    order.ends(OrderStatus.COMPLETED);

    assertBegunAnew(order);
  }

  /** The task that decided it is dropped: begun again, the story would take the order back. */
  @Test
  void forgottenThatItGoesOnItGoesOnNevertheless() {
    TestOrder order = shop.order(Basket.rich("revive-forgotten").revivable()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    Gate ending = new Gate();
    Gate decided = new Gate();
    order.with(Call.END, Trouble.waitingBefore(ending));
    order.with(Call.REVIVE, Trouble.waitingAfter(decided));
    order.sleepBeside(Duration.ofMinutes(31));
    ending.awaitArrival();
    paysLate(order);
    order.reported();
    ending.open();
    decided.awaitArrival();
    order.reported();
    decided.open();

    order.ends(OrderStatus.COMPLETED);

    assertBegunAnew(order);
    assertThat(order.attempts(Call.BEGIN_UNDO)).isGreaterThan(2);
  }

  private static void assertBegunAnew(TestOrder order) {
    assertThat(order.attempts(Call.REFUND)).isZero();
    assertThat(order.history().get(0).getEventType())
        .isEqualTo(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED);
    assertThat(
            order
                .history()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getContinuedExecutionRunId())
        .isNotEmpty();
  }

  /** Killed between the decision and the start: whoever begins again finds the decision. */
  @Test
  void terminatedBeforeItGoesOnItIsRecovered() {
    TestOrder order = expired("revive-killed");
    paysLate(order);
    Gate gate = new Gate();
    order.with(Call.REVIVE, Trouble.waitingAfter(gate));
    after(order).reported();
    gate.awaitArrival();
    after(order).workflow().terminate("killed");
    gate.open();

    order.recover().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.REVIVE)).isOne();
  }

  @Test
  void terminatedBeforeItGoesOnTheNextReportTakesItUp() {
    TestOrder order = expired("revive-killed-reported");
    paysLate(order);
    Gate gate = new Gate();
    order.with(Call.REVIVE, Trouble.waitingAfter(gate));
    after(order).reported();
    gate.awaitArrival();
    after(order).workflow().terminate("killed");
    gate.open();

    after(order).reported().result();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void terminatedOnItsWayItGoesOnFromTheLedger() {
    TestOrder order = expired("revive-broken-off");
    paysLate(order);
    Gate gate = new Gate();
    order.with(Call.COMMIT, Trouble.waitingAfter(gate));
    after(order).reported().result();
    gate.awaitArrival();
    order.workflow().terminate("killed");
    gate.open();

    order.recover().ends(OrderStatus.COMPLETED);
  }

  /** A run that somebody else has begun: it carries the order, and no other is needed. */
  @Test
  void whereItsWorkflowRunsAlreadyNoOtherIsStarted() {
    TestOrder order = expired("revive-running");
    paysLate(order);
    Gate decided = new Gate();
    order.with(Call.REVIVE, Trouble.waitingAfter(decided));
    after(order).reported();
    decided.awaitArrival();
    order.with(Call.RESERVE, Trouble.failing(6));
    order.recover();
    order.awaitRegular(Call.RESERVE);
    decided.open();

    order.ends(OrderStatus.COMPLETED);
    OrderView handed = after(order).result();

    assertThat(handed.status()).isEqualTo(OrderStatus.PLACED);
    assertThat(order.attempts(Call.COMMIT)).isOne();
  }

  @Test
  void cancelledWhenItGoesOnEverythingGoesBack() {
    TestOrder order = expired("revive-cancelled");
    paysLate(order);
    Gate gate = new Gate();
    order.with(Call.COMMIT, Trouble.waitingBefore(gate));
    after(order).reported().result();
    gate.awaitArrival();
    var reply = order.cancel();
    gate.open();

    assertThat(reply.join().verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
    order.endsAsOneOf(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void cancelledBetweenTheDecisionAndTheStartItIsTakenBackAtOnce() {
    TestOrder order = expired("revive-cancelled-early");
    paysLate(order);
    Gate gate = new Gate();
    order.with(Call.REVIVE, Trouble.waitingAfter(gate));
    after(order).reported();
    gate.awaitArrival();
    var reply = after(order).cancel();
    gate.open();

    reply.join();
    OrderView view = after(order).result();
    assertThat(view.status()).isIn(OrderStatus.CANCELLED, OrderStatus.PLACED, OrderStatus.REFUNDED);
    OrderStatus ended = shop.ledger().status(order.id());
    assertThat(ended).isIn(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
    shop.ledger().mustHaveEnded(order.id(), ended);
  }

  @Test
  void cancelledFirstItStaysAsItIs() {
    TestOrder order = expired("revive-cancelled-first");
    after(order).cancel().join();
    after(order).result();
    paysLate(order);

    after(order).reported().ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aRevivedOrderIsRefundedLikeAnyOther() {
    TestOrder order = expired("revive-refund");
    paysLate(order);
    after(order).reported().result();
    order.ends(OrderStatus.COMPLETED);

    RefundReply reply =
        after(order)
            .refund("r-1", new RefundRequest.Amount(org.joda.money.Money.parse("EUR 5.00")))
            .join();

    assertThat(reply.verdict()).isEqualTo(RefundReply.Verdict.REFUNDED);
    after(order).ends(OrderStatus.COMPLETED);
    after(order).cancel().join();
    after(order).ends(OrderStatus.REFUNDED);
  }

  @Test
  void aRefusedHandoverOfARevivedOrderIsTriedAgainUnderTheNextKey() {
    TestOrder order = expired("revive-commit");
    order.with(Call.COMMIT, Trouble.declinedUpTo(2, "RESERVATION_LOST"));
    paysLate(order);
    // Nobody waits for the aftercare's end: it would let ten years of the review pass.
    after(order).reported();
    order.awaitReviewOf(Step.COMMIT);

    // Its answer may come after the order's end, and then from nobody.
    order.decide(Review.Choice.RETRY, Optional.empty());

    assertThat(keys(order.ends(OrderStatus.COMPLETED))).contains("commit/2", "commit/3");
  }

  @Test
  void aRevivedOrderSaysWhichChannelTookTheMoneyThatRevivedIt() {
    Basket basket = Basket.rich("revived-paid-by").revivable().by(Basket.CHANNEL);
    TestOrder order =
        shop.order(basket).with(Call.CHARGE, Trouble.declinedUpTo(1, "refused")).place();
    order.awaitReason("refused");
    order.pay(Wallet.CHANNEL, "tok_second").join();
    order.ends(OrderStatus.DECLINED);
    shop.ledger().customerPaysLate(StepKey.of(order.id(), Step.CHARGE).next());

    after(order).reported().result();

    assertThat(order.ends(OrderStatus.COMPLETED).paidBy()).contains(Wallet.CHANNEL);
    assertThat(order.channel()).isEqualTo(Wallet.CHANNEL);
  }
}
