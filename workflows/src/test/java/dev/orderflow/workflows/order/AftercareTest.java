package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.order.CancelReply.Verdict;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a customer still wants once the order has ended. */
class AftercareTest {

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder completed(String key) {
    TestOrder order = shop.order(Basket.rich(key)).place();
    order.ends(OrderStatus.COMPLETED);
    return order;
  }

  private TestAftercare after(TestOrder order) {
    return new TestAftercare(shop, order.id());
  }

  @Test
  void aCompletedOrderIsTakenBackAndRefunded() {
    TestOrder order = completed("after-refund");

    CancelReply reply = after(order).cancel().join();

    assertThat(reply.verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(reply.status()).isEqualTo(OrderStatus.REFUNDED);
    after(order).ends(OrderStatus.REFUNDED);
    assertThat(order.attempts(Call.REVOKE)).isOne();
    assertThat(order.attempts(Call.COUPON_RELEASE)).isOne();
  }

  @Test
  void anOrderThatMayNotBeRefundedAnyMoreStaysAsItIs() {
    TestOrder order = completed("after-window");
    shop.ledger().willNotRefund(order.id(), new Reason("WINDOW_OVER", "14 days are over"));

    CancelReply reply = after(order).cancel().join();

    assertThat(reply)
        .isEqualTo(new CancelReply(Verdict.REFUSED, OrderStatus.COMPLETED, "14 days are over"));
    after(order).ends(OrderStatus.COMPLETED);
  }

  @Test
  void whoeverAsksAboutNoOrderIsToldSo() {
    TestOrder order = shop.order(Basket.plain("after-nothing"));

    assertThat(TestOrder.refusal(after(order).cancel())).contains("NO_SUCH_ORDER");
  }

  @Test
  void withoutAQuestionItEndsByItself() {
    TestOrder order = completed("after-silence");

    after(order).begin();

    after(order).ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.BEGIN_UNDO)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUND", "RESTOCK", "REVOKE"})
  void anUndoThatIsRefusedWaitsForAnOperator(Call call) {
    TestOrder order = completed("after-refused-" + call);
    order.with(call, Trouble.declinedUpTo(1, "NOT_NOW"));

    CancelReply reply = after(order).cancel().join();
    assertThat(reply.verdict()).isEqualTo(Verdict.IN_REVIEW);
    after(order).awaitReview();
    OrderView decided = after(order).decide(Review.Choice.RETRY, Optional.empty()).join();

    assertThat(decided.status()).isEqualTo(OrderStatus.REFUNDED);
    after(order).ends(OrderStatus.REFUNDED);
  }

  @Test
  void twoCancelsAtOnceAreOne() {
    TestOrder order = completed("after-two");
    Gate gate = new Gate();
    order.with(Call.BEGIN_UNDO, Trouble.waitingAfter(gate));

    CompletableFuture<CancelReply> first = after(order).cancel();
    gate.awaitArrival();
    CompletableFuture<CancelReply> second = after(order).cancel();
    gate.open();

    assertThat(first.join().verdict()).isEqualTo(Verdict.CANCELLED);
    assertThat(second.join().verdict()).isEqualTo(Verdict.CANCELLED);
    after(order).ends(OrderStatus.REFUNDED);
  }

  @Test
  void askedAgainAfterItsEndItSaysTheSame() {
    TestOrder order = completed("after-again");
    CancelReply first = after(order).cancel().join();
    after(order).ends(OrderStatus.REFUNDED);

    CancelReply second = after(order).cancel().join();

    assertThat(second).isEqualTo(first);
    after(order).ends(OrderStatus.REFUNDED);
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void askedAgainAfterARefusalItAsksTheLedgerAgain() {
    TestOrder order = completed("after-refused-again");
    shop.ledger().willNotRefund(order.id(), new Reason("WINDOW_OVER", "14 days are over"));
    after(order).cancel().join();
    after(order).ends(OrderStatus.COMPLETED);
    shop.ledger().willRefundAgain(order.id());

    assertThat(after(order).cancel().join().verdict()).isEqualTo(Verdict.CANCELLED);

    after(order).ends(OrderStatus.REFUNDED);
  }

  @Test
  void anOrderThatEndedOtherwiseHasNothingToTakeBack() {
    TestOrder order =
        shop.order(Basket.rich("after-declined"))
            .with(Call.CHARGE, Trouble.declined("stolen_card"))
            .place();
    order.ends(OrderStatus.DECLINED);

    CancelReply reply = after(order).cancel().join();

    assertThat(reply.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(reply.status()).isEqualTo(OrderStatus.DECLINED);
    after(order).ends(OrderStatus.DECLINED);
  }

  /** The order's workflow was terminated, and nobody recovers it: its customer may still cancel. */
  @Test
  void anOrderThatNobodyWorksOnIsCancelled() {
    TestOrder order = shop.order(Basket.rich("after-terminated").withHold()).place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    order.workflow().terminate("on purpose");

    assertThat(after(order).cancel().join().status()).isEqualTo(OrderStatus.CANCELLED);

    after(order).ends(OrderStatus.CANCELLED);
  }

  @Test
  void temporalsOwnCancelDoesNotTearTheUndoApart() {
    TestOrder order = completed("after-cancelled");
    order.with(Call.RESTOCK, Trouble.declinedUpTo(1, "NOT_NOW"));
    after(order).cancel().join();
    after(order).awaitReview();

    after(order).workflow().cancel();
    after(order).decide(Review.Choice.RETRY, Optional.empty()).join();

    assertThat(after(order).show().status()).isEqualTo(OrderStatus.REFUNDED);
    shop.ledger().mustHaveEnded(order.id(), OrderStatus.REFUNDED);
  }
}
