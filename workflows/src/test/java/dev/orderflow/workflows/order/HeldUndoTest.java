package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest.Amount;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import java.util.EnumSet;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money that a person decides about: given back, given back by other means, or kept. */
class HeldUndoTest {

  @RegisterExtension final Shop shop = new Shop();

  /** The customer has paid another amount than was asked for, and nothing else yet. */
  private TestOrder paidOdd(String key) {
    TestOrder order = shop.order(Basket.rich(key).awaited()).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    shop.ledger().customerPaysOther(order.id());
    order.reported().awaitReason(Reason.AMOUNT_DIFFERS);
    return order;
  }

  /** And then paid properly. */
  private TestOrder completedAfterOdd(String key) {
    TestOrder order = paidOdd(key);
    order.pay(Basket.CHANNEL, "tok_card");
    order.awaitReviewOf(Step.REFUND);
    return order;
  }

  /** A refund of a completed order came back, and its aftercare waits. */
  private TestAftercare refundCameBack(TestOrder order) {
    order.place().ends(OrderStatus.COMPLETED);
    RefundReply reply = after(order).refund("a", new Amount(Money.parse("EUR 3.00"))).join();
    after(order).ends(OrderStatus.COMPLETED);
    shop.ledger().refundFails(reply.refund().orElseThrow());
    TestAftercare after = after(order).reported();
    after.awaitReview();
    return after;
  }

  private TestAftercare after(TestOrder order) {
    return new TestAftercare(shop, order.id());
  }

  @Test
  void anOddAmountIsGivenBackOnceAPersonSaysSo() {
    TestOrder order = paidOdd("held-retry");
    order.awaitReviewOf(Step.REFUND);
    Review review = order.show().review().orElseThrow();
    assertThat(review.reason().code()).isEqualTo(Reason.AMOUNT_DIFFERS);
    assertThat(review.choices()).isEqualTo(EnumSet.of(Choice.RETRY, Choice.ACCEPT, Choice.DENY));
    assertThat(order.attempts(Call.RELEASE)).as("nothing else waits for it").isOne();
    assertThat(order.attempts(Call.REFUND)).isZero();

    order.decide(Choice.RETRY).join();

    order.ends(OrderStatus.DECLINED);
    assertThat(order.attempts(Call.REFUND)).isOne();
    assertThat(order.attempts(Call.RETURN_NOTICE)).isOne();
  }

  @Test
  void anOddAmountIsKeptWhenThatIsDecided() {
    TestOrder order = paidOdd("held-deny");
    order.awaitReviewOf(Step.REFUND);

    order.decide(Choice.DENY).join();

    order.ends(OrderStatus.DECLINED);
    assertThat(order.attempts(Call.REFUND)).isZero();
    assertThat(order.attempts(Call.RETURN_NOTICE)).isZero();
  }

  @Test
  void anOddAmountThatWentBackByOtherMeansIsBelievedOnceTheProviderSaysSo() {
    TestOrder order = paidOdd("held-accept");
    order.awaitReviewOf(Step.REFUND);
    assertThat(TestOrder.refusal(order.decide(Choice.ACCEPT, Optional.of("re_0"))))
        .contains(OrderWorkflow.NOT_POSSIBLE);
    shop.ledger().reverseByHand(order.id(), "re_1");

    order.decide(Choice.ACCEPT, Optional.of("re_1")).join();

    order.ends(OrderStatus.DECLINED);
    assertThat(order.attempts(Call.REFUND)).isZero();
  }

  @Test
  void theOrderGoesOnWithAnotherAttemptAndThePersonIsAskedAfterwards() {
    TestOrder order = completedAfterOdd("held-second");
    assertThat(order.attempts(Call.COMMIT)).isOne();
    assertThat(order.show().status()).isEqualTo(OrderStatus.IN_REVIEW);

    order.decide(Choice.RETRY).join();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aReleasedRefundThatIsRefusedIsAskedAboutAgainAndMayThenBeKept() {
    TestOrder order = completedAfterOdd("held-refused");
    order.with(Call.REFUND, Trouble.declinedUpTo(100, "CLOSED_ACCOUNT"));

    OrderView again = order.decide(Choice.RETRY).join();
    assertThat(again.review().orElseThrow().reason().code()).isEqualTo("CLOSED_ACCOUNT");
    order.decide(Choice.DENY).join();

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aReleasedRefundThatIsRefusedIsTriedAnewWithoutASecondRelease() {
    TestOrder order = completedAfterOdd("held-anew");
    order.with(Call.REFUND, Trouble.declinedUpTo(100, "NOT_NOW"));
    order.decide(Choice.RETRY).join();

    order.decide(Choice.RETRY).join();

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.REFUND)).isEqualTo(2);
  }

  @Test
  void aCancelThatIsRefusedMeanwhileLeavesTheQuestionOpen() {
    TestOrder order = completedAfterOdd("held-cancel");
    int version = order.show().review().orElseThrow().version();
    shop.ledger().willNotRefund(order.id(), new Reason("WINDOW_OVER", "14 days are over"));

    assertThat(order.cancel().join().verdict()).isEqualTo(CancelReply.Verdict.REFUSED);
    order.awaitReviewOf(Step.REFUND);
    assertThat(order.show().review().orElseThrow().version()).isEqualTo(version);
    order.decide(Choice.RETRY).join();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aRefundThatComesBackIsMadeAnewOnceAPersonSaysSo() {
    TestOrder order = shop.order(Basket.rich("held-failed"));
    TestAftercare after = refundCameBack(order);
    assertThat(after.show().status()).isEqualTo(OrderStatus.IN_REVIEW);

    after.decide(Choice.RETRY, Optional.empty()).join();

    after.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.REFUND)).isEqualTo(2);
    assertThat(order.attempts(Call.RETURN_NOTICE)).as("the customer was told before").isZero();
  }

  @Test
  void aRefundThatComesBackIsLeftWhenThatIsDecidedAndNeverProposedAgain() {
    TestOrder order = shop.order(Basket.rich("held-failed-left"));
    refundCameBack(order).decide(Choice.DENY, Optional.empty()).join();
    after(order).ends(OrderStatus.COMPLETED);

    after(order).reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void theAftercareThatBeginsAgainOpensTheSameQuestion() {
    TestOrder order = shop.order(Basket.rich("held-again"));
    TestAftercare after = refundCameBack(order);
    int version = after.show().review().orElseThrow().version();
    after.workflow().terminate("on purpose");

    after.reported().awaitReview();

    assertThat(after.show().review().orElseThrow().version()).isEqualTo(version);
    after.decide(Choice.RETRY, Optional.empty()).join();
    after.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aRecoveredOrderOpensTheSameQuestion() {
    TestOrder order = paidOdd("held-recovered");
    order.awaitReviewOf(Step.REFUND);
    int version = order.show().review().orElseThrow().version();
    order.workflow().terminate("on purpose");

    order.recover().awaitReviewOf(Step.REFUND);

    assertThat(order.show().review().orElseThrow().version()).isEqualTo(version);
    order.decide(Choice.RETRY).join();
    order.ends(OrderStatus.DECLINED);
  }

  @Test
  void anOddAmountAndASecondAttemptByTheSameWalletAreToldApart() {
    TestOrder order = paidOdd("held-wallet");
    order.pay(Wallet.CHANNEL, "tok_second").join();
    order.customerPays().reported().awaitReviewOf(Step.REFUND);

    order.decide(Choice.RETRY).join();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void whoDecidesSeesWhatCameAndAfterwardsThatItWentBack() {
    shop.ledger().tellsBalances();
    TestOrder order = completedAfterOdd("held-shown");
    PaymentBalance before = order.show().balance().orElseThrow();
    assertThat(before.captured()).isEqualTo(Money.parse("EUR 50.00"));
    assertThat(before.left()).isEqualTo(Money.parse("EUR 50.00"));

    order.decide(Choice.RETRY).join();

    PaymentBalance after = order.ends(OrderStatus.COMPLETED).balance().orElseThrow();
    assertThat(after.refunded()).isEqualTo(Money.parse("EUR 25.00"));
  }

  @Test
  void whoDecidesOfAnOrderThatIsTakenBackSeesWhatCame() {
    shop.ledger().tellsBalances();
    TestOrder order = paidOdd("held-shown-declined");
    order.awaitReviewOf(Step.REFUND);
    assertThat(order.show().balance().orElseThrow().left()).isEqualTo(Money.parse("EUR 25.00"));

    order.decide(Choice.RETRY).join();

    OrderView view = order.ends(OrderStatus.DECLINED);
    assertThat(view.balance().orElseThrow().left().isZero()).isTrue();
  }

  /** What is only shown holds up neither the operator nor the customer's notice. */
  @Test
  void aBalanceThatCantBeReadStopsNothing() {
    shop.ledger().tellsBalances();
    TestOrder order = paidOdd("held-not-shown").with(Call.BALANCE, Trouble.failingAlways());
    order.awaitReviewOf(Step.REFUND);

    order.decide(Choice.RETRY).join();

    OrderView view = order.ends(OrderStatus.DECLINED);
    assertThat(view.balance()).as("as it was told at first").isPresent();
    assertThat(order.attempts(Call.BALANCE)).isPositive();
  }

  @Test
  void whoDecidesInAftercareSeesThatTheRefundCameBack() {
    shop.ledger().tellsBalances();
    TestOrder order = shop.order(Basket.rich("held-shown-after"));
    TestAftercare after = refundCameBack(order);
    assertThat(after.show().balance().orElseThrow().refunded().isZero()).isTrue();

    after.decide(Choice.RETRY, Optional.empty()).join();

    PaymentBalance balance = after.ends(OrderStatus.COMPLETED).balance().orElseThrow();
    assertThat(balance.refunded()).isEqualTo(Money.parse("EUR 3.00"));
  }
}
