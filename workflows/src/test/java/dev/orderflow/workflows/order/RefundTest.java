package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundReply.Verdict;
import dev.orderflow.workflows.payment.RefundRequest.All;
import dev.orderflow.workflows.payment.RefundRequest.Amount;
import dev.orderflow.workflows.payment.RefundRequest.Wanted;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money given back for an order that stands otherwise. */
class RefundTest {

  private static final Wanted ONE = new Amount(Money.parse("EUR 1.00"));
  private static final Wanted TWO = new Amount(Money.parse("EUR 2.00"));

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder completed(String key) {
    TestOrder order = shop.order(Basket.rich(key)).place();
    order.ends(OrderStatus.COMPLETED);
    return order;
  }

  private TestAftercare after(TestOrder order) {
    return new TestAftercare(shop, order.id());
  }

  private static String code(RefundReply reply) {
    assertThat(reply.verdict()).isEqualTo(Verdict.REFUSED);
    return reply.reason().orElseThrow().code();
  }

  @Test
  void partOfTheMoneyIsGivenBackAndTheOrderStaysCompleted() {
    TestOrder order = completed("refund-part");

    RefundReply reply = after(order).refund("a", ONE).join();

    assertThat(reply.verdict()).isEqualTo(Verdict.REFUNDED);
    assertThat(reply.amount()).hasValue(Money.parse("EUR 1.00"));
    OrderView view = after(order).ends(OrderStatus.COMPLETED);
    assertThat(view.balance().orElseThrow().refunded()).isEqualTo(Money.parse("EUR 1.00"));
    assertThat(view.balance().orElseThrow().left()).isEqualTo(reply.left().orElseThrow());
    assertThat(view.steps())
        .extracting(step -> step.key().step())
        .containsExactlyInAnyOrder(Step.REFUND, Step.REFUND_NOTICE);
    assertThat(order.attempts(Call.REFUND_NOTICE)).isOne();
    assertThat(order.attempts(Call.RESTOCK)).isZero();
  }

  @Test
  void theSameKeyIsTheSameRefundAndAnotherWishUnderItIsRefused() {
    TestOrder order = completed("refund-key");
    RefundReply first = after(order).refund("a", ONE).join();
    after(order).ends(OrderStatus.COMPLETED);

    assertThat(after(order).refund("a", ONE).join()).isEqualTo(first);
    after(order).ends(OrderStatus.COMPLETED);
    assertThat(code(after(order).refund("a", TWO).join())).isEqualTo("KEY_REUSED");
    assertThat(after(order).ends(OrderStatus.COMPLETED).status()).isEqualTo(OrderStatus.COMPLETED);
  }

  @Test
  void moreThanIsLeftIsRefusedAndSoIsWhatIsNotCompleted() {
    TestOrder order = completed("refund-more");
    assertThat(after(order).refund("a", new All()).join().verdict()).isEqualTo(Verdict.REFUNDED);
    assertThat(code(after(order).refund("b", ONE).join())).isEqualTo("MORE_THAN_LEFT");
    after(order).ends(OrderStatus.COMPLETED);

    TestOrder other = shop.order(Basket.rich("refund-hold").withHold()).place();
    other.awaitStatus(OrderStatus.ON_HOLD);
    assertThat(code(after(other).refund("a", ONE).join())).isEqualTo("NOT_COMPLETED");
    other.cancel().join();
  }

  @Test
  void refundsAskedForAtOnceAreServedOneAfterTheOther() {
    TestOrder order = completed("refund-two");
    Gate gate = new Gate();
    order.with(Call.REFUND, Trouble.waitingBefore(gate));

    CompletableFuture<RefundReply> first = after(order).refund("a", ONE);
    gate.awaitArrival();
    CompletableFuture<RefundReply> second = after(order).refund("second", "b", TWO);
    after(order).awaitReceived("second");
    gate.open();

    assertThat(first.join().verdict()).isEqualTo(Verdict.REFUNDED);
    assertThat(second.join().verdict()).isEqualTo(Verdict.REFUNDED);
    assertThat(first.join().refund()).isNotEqualTo(second.join().refund());
    after(order).ends(OrderStatus.COMPLETED);
  }

  @Test
  void aRefusedRefundIsTriedAnewUnderAFreshKey() {
    TestOrder order = completed("refund-refused");
    order.with(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));

    RefundReply reply = after(order).refund("a", ONE).join();
    assertThat(reply.verdict()).isEqualTo(Verdict.IN_REVIEW);
    assertThat(reply.reason().map(Reason::code)).hasValue("NOT_NOW");
    after(order).awaitReview();
    assertThat(after(order).refund("a", ONE).join()).isEqualTo(reply);
    assertThat(code(after(order).refund("b", TWO).join())).isEqualTo("IN_REVIEW");
    after(order).decide(Review.Choice.RETRY, Optional.empty()).join();

    OrderView view = after(order).ends(OrderStatus.COMPLETED);
    assertThat(view.balance().orElseThrow().refunded()).isEqualTo(Money.parse("EUR 1.00"));
    assertThat(view.review()).isEmpty();
  }

  @Test
  void aRefusedRefundIsGivenUp() {
    TestOrder order = completed("refund-given-up");
    order.with(Call.REFUND, Trouble.declinedUpTo(1, "NEVER"));
    after(order).refund("a", ONE).join();
    after(order).awaitReview();

    OrderView decided = after(order).decide(Review.Choice.DENY, Optional.empty()).join();

    assertThat(decided.status()).isEqualTo(OrderStatus.COMPLETED);
    after(order).ends(OrderStatus.COMPLETED);
    assertThat(code(after(order).refund("a", ONE).join())).isEqualTo("REFUND_GIVEN_UP");
    after(order).ends(OrderStatus.COMPLETED);
  }

  @Test
  void aCancelGoesBeforeARefundThatIsInReview() {
    TestOrder order = completed("refund-review-cancel");
    order.with(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    after(order).refund("a", ONE).join();
    after(order).awaitReview();

    assertThat(after(order).cancel().join().status()).isEqualTo(OrderStatus.REFUNDED);

    after(order).ends(OrderStatus.REFUNDED);
  }

  @Test
  void aCancelAfterARefundGivesBackWhatIsLeft() {
    TestOrder order = completed("refund-then-cancel");
    after(order).refund("a", ONE).join();

    assertThat(after(order).cancel().join().status()).isEqualTo(OrderStatus.REFUNDED);

    after(order).ends(OrderStatus.REFUNDED);
    assertThat(code(after(order).refund("b", ONE).join())).isEqualTo("NOT_COMPLETED");
    after(order).ends(OrderStatus.REFUNDED);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainAndGivesBackOnce() {
    TestOrder order = completed("refund-lost");
    order.with(Call.REFUND, Trouble.landingUnseen(4));

    assertThat(after(order).refund("a", ONE).join().verdict()).isEqualTo(Verdict.REFUNDED);

    after(order).ends(OrderStatus.COMPLETED);
  }

  @Test
  void whoeverAsksAboutNoOrderIsToldSo() {
    TestOrder order = shop.order(Basket.plain("refund-nothing"));

    assertThat(TestOrder.refusal(after(order).refund("a", ONE))).contains("NO_SUCH_ORDER");
  }
}
