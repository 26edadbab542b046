package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.order.CancelReply.Verdict;
import dev.orderflow.workflows.saga.Reason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A customer changes their mind, at every moment the story waits. */
class CancelTest {

  @RegisterExtension final Shop shop = new Shop();

  @ParameterizedTest
  @EnumSource(names = {"COUPON_HOLD", "RESERVE", "CHARGE"})
  void aStepInTroubleIsGivenUpForACancel(Call call) {
    TestOrder order =
        shop.order(Basket.rich("cancel-in-trouble-" + call))
            .with(call, Trouble.failingAlways())
            .place();
    order.awaitRegular(call);

    CompletableFuture<CancelReply> reply = order.cancel();

    OrderView view = order.ends(OrderStatus.CANCELLED);
    assertThat(reply.join().verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(view.reason().orElseThrow())
        .isEqualTo(new Reason("CANCELLED", TestOrder.CUSTOMER.reason()));
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_HOLD", "RESERVE", "CHARGE"})
  void aStepWhoseAnswersAreLostIsTakenBackForACancel(Call call) {
    TestOrder order =
        shop.order(Basket.rich("cancel-unseen-" + call))
            .with(call, Trouble.landingUnseen(1_000))
            .place();
    order.awaitRegular(call);

    CompletableFuture<CancelReply> reply = order.cancel();

    order.ends(OrderStatus.CANCELLED);
    assertThat(reply.join().status()).isEqualTo(OrderStatus.CANCELLED);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTHORIZE", "CAPTURE"})
  void soItIsWithAnOrderToBeApproved(Call call) {
    TestOrder order =
        shop.order(Basket.rich("cancel-held-" + call).withHold())
            .with(call, Trouble.landingUnseen(1_000))
            .place();
    if (call == Call.CAPTURE) {
      order.awaitStatus(OrderStatus.ON_HOLD);
      order.decide(Review.Choice.APPROVE);
    }
    order.awaitRegular(call);

    CompletableFuture<CancelReply> reply = order.cancel();

    order.ends(OrderStatus.CANCELLED);
    assertThat(reply.join().verdict()).isEqualTo(Verdict.CANCELLED);
  }

  /** The provider is being asked while the order is cancelled: what lands is given back. */
  @Test
  void aChargeThatIsUnderWayIsWaitedForAndRefunded() {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.plain("cancel-under-way"))
            .with(Call.CHARGE, Trouble.failing(3).then(Trouble.waitingBeforeFrom(4, gate)))
            .place();
    gate.awaitArrival();

    CompletableFuture<CancelReply> reply = order.cancel();
    order.awaitRegular(Call.REFUND);
    gate.open();

    order.ends(OrderStatus.CANCELLED);
    assertThat(reply.join().verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(order.attempts(Call.REFUND)).isGreaterThan(1);
  }

  /** Nobody can say what became of a commit while the ledger is away: the cancel waits for it. */
  @Test
  void anOrderThatIsBeingHandedOverIsHandedOverAndThenRefunded() {
    TestOrder order =
        shop.order(Basket.rich("cancel-commit")).with(Call.COMMIT, Trouble.failing(8)).place();
    order.awaitRegular(Call.COMMIT);

    CompletableFuture<CancelReply> reply = order.cancel();

    order.ends(OrderStatus.REFUNDED);
    assertThat(reply.join()).matches(r -> r.verdict() == Verdict.CANCELLED);
    assertThat(order.attempts(Call.CONFIRM)).as("nothing is confirmed any more").isZero();
  }

  @Test
  void anOrderOnHoldIsVoided() {
    TestOrder order = shop.order(Basket.rich("cancel-on-hold").withHold()).place();
    order.awaitStatus(OrderStatus.ON_HOLD);

    assertThat(order.cancel().join().verdict()).isEqualTo(Verdict.CANCELLED);

    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.VOID)).isOne();
  }

  @Test
  void anOrderInReviewBecauseItsGoodsAreGoneIsRefunded() {
    TestOrder order =
        shop.order(Basket.rich("cancel-in-review"))
            .with(Call.COMMIT, Trouble.declined("RESERVATION_LOST"))
            .place();
    order.awaitStatus(OrderStatus.IN_REVIEW);

    assertThat(order.cancel().join().verdict()).isEqualTo(Verdict.CANCELLED);

    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.REFUND)).isOne();
    assertThat(order.attempts(Call.COMMIT)).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_REDEEM", "GRANT", "CONFIRM"})
  void anOrderThatIsBeingFollowedUpIsRefunded(Call call) {
    TestOrder order =
        shop.order(Basket.rich("cancel-follow-up-" + call)).with(call, Trouble.failing(12)).place();
    order.awaitRegular(call);

    CompletableFuture<CancelReply> reply = order.cancel();

    order.ends(OrderStatus.REFUNDED);
    assertThat(reply.join().status()).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void aCompletedOrderThatMayNotBeRefundedAnyMoreStaysCompleted() {
    TestOrder order =
        shop.order(Basket.rich("cancel-refused")).with(Call.CONFIRM, Trouble.failing(6));
    shop.ledger().willNotRefund(order.id(), new Reason("WINDOW_OVER", "14 days are over"));
    order.place().awaitRegular(Call.CONFIRM);

    CancelReply first = order.cancel().join();
    CancelReply second = order.cancel().join();

    assertThat(first)
        .isEqualTo(new CancelReply(Verdict.REFUSED, OrderStatus.COMPLETED, "14 days are over"))
        .isEqualTo(second);
    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void twoCancelsAtOnceAreOne() {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.plain("two-cancels").withHold())
            .with(Call.VOID, Trouble.waitingBefore(gate))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);

    CompletableFuture<CancelReply> first = order.cancel();
    gate.awaitArrival();
    CompletableFuture<CancelReply> second = order.cancel();
    gate.open();

    assertThat(first.join()).isEqualTo(second.join());
    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.VOID)).isLessThanOrEqualTo(2);
  }

  @Test
  void anOrderThatHasEndedSaysSo() {
    TestOrder order =
        shop.order(Basket.plain("cancel-ended"))
            .with(Call.CONFIRM, Trouble.failing(1_000))
            .with(Call.CORRECT, Trouble.failing(4))
            .place();
    order.awaitRegular(Call.CONFIRM);
    order.cancel().join();
    order.awaitStatus(OrderStatus.REFUNDED);

    // Temporal 1.38 keeps only the message of a validator's failure, and loses its type.
    assertThat(TestOrder.refusal(order.cancel())).contains("the order has ended as REFUNDED");
    order.ends(OrderStatus.REFUNDED);
  }
}
