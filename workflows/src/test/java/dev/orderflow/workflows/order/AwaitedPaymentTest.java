package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A channel that waits for the customer. */
class AwaitedPaymentTest {

  /** Nobody asks before the deadline. */
  private static final PaymentWait UNASKED =
      new PaymentWait(Duration.ofMinutes(30), 3, List.of(Duration.ofHours(1)));

  @RegisterExtension final Shop shop = new Shop();

  private TestOrder awaiting(Basket basket) {
    TestOrder order = shop.order(basket).place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);
    return order;
  }

  @Test
  void anOrderWhoseCallbackComesFirstCostsFewEvents() {
    TestOrder order = awaiting(Basket.plain("awaited").awaited());

    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(order.count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)).isLessThanOrEqualTo(3);
    assertThat(order.history()).hasSizeLessThanOrEqualTo(30);
    assertThat(order.attempts(Call.QUERY)).isOne();
    assertThat(order.attempts(Call.CLOSE)).isZero();
  }

  @Test
  void whatTheCustomerHasToDoIsShownAsLongAsTheyHaveTo() {
    TestOrder order = awaiting(Basket.plain("awaited-shown").awaited());
    OrderView waiting = order.show();
    assertThat(waiting.nextAction()).isPresent();
    assertThat(waiting.reason()).isEmpty();
    assertThat(OrderDetails.of(waiting)).contains("open https://wallet.example/" + order.id());

    OrderView ended = order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(ended.nextAction()).isEmpty();
  }

  /** The wallet would wait longer. */
  @Test
  void theDeadlineThatIsShownIsTheOrdersOwnAndStaysThatOfTheFirstAttempt() {
    TestOrder order = awaiting(Basket.plain("awaited-until").awaited());
    OrderView first = order.show();
    Instant until = first.payUntil().orElseThrow();
    Timestamp began = order.history().get(0).getEventTime();
    assertThat(Duration.between(Instant.ofEpochSecond(began.getSeconds()), until))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
    assertThat(OrderDetails.of(first)).contains("until " + until, "expires 2100-01-01");

    OrderView second = order.pay(Wallet.CHANNEL, "tok_second").join();
    assertThat(second.payUntil()).contains(until);

    order.customerRefuses().reported();
    order.awaitReason("refused");
    assertThat(order.show().nextAction()).isEmpty();
    assertThat(order.show().payUntil()).as("another way may be chosen").contains(until);
    assertThat(order.ends(OrderStatus.DECLINED).payUntil()).isEmpty();
  }

  @Test
  void aLostCallbackCostsLessThanAMinute() {
    TestOrder order = awaiting(Basket.plain("awaited-lost").awaited());

    order.customerPays().ends(OrderStatus.COMPLETED);

    assertThat(order.took()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void aLateCallbackIsHeardBetweenTwoQuestions() {
    TestOrder order = awaiting(Basket.plain("awaited-late").awaited());
    order.sleep(Duration.ofMinutes(8));
    int asked = order.attempts(Call.QUERY);
    assertThat(asked).isEqualTo(5);

    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.QUERY)).isEqualTo(asked + 1);
    assertThat(order.took()).isLessThan(Duration.ofMinutes(9));
  }

  @Test
  void aProviderThatDoesNotAnswerIsAskedAgain() {
    TestOrder order =
        shop.order(Basket.plain("awaited-deaf").awaited())
            .with(Call.QUERY, Trouble.failing(7))
            .place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(order.took()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    assertThat(order.regularActivities()).isEmpty();
  }

  @Test
  void anAuthorizationWaitsForTheCustomerBeforeItWaitsForApproval() {
    TestOrder order = awaiting(Basket.rich("awaited-held").withHold().awaited());

    order.customerPays().reported().awaitStatus(OrderStatus.ON_HOLD);
    order.decide(Review.Choice.APPROVE).join();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void whatIsNotPaidInTimeIsClosedAndTakenBack() {
    TestOrder order = awaiting(Basket.rich("awaited-never").awaited());

    OrderView ended = order.ends(OrderStatus.DECLINED);

    assertThat(ended.reason()).map(Reason::code).contains("PAYMENT_EXPIRED");
    assertThat(order.attempts(Call.CLOSE)).isOne();
    assertThat(order.took()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
  }

  @Test
  void whatWasPaidAtTheLastMomentIsFoundWhenItIsClosed() {
    TestOrder order = awaiting(Basket.plain("awaited-last").awaited(UNASKED));

    order.customerPays().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.QUERY)).isZero();
    assertThat(order.attempts(Call.CLOSE)).isOne();
  }

  @Test
  void anotherAttemptBeginsWhenTheFormerIsClosed() {
    TestOrder order = awaiting(Basket.plain("second").awaited());

    OrderView again = order.pay(Wallet.CHANNEL, "tok_other").join();
    assertThat(again.status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    assertThat(again.nextAction().toString()).contains("/charge/2");
    order.customerPays().reported().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.CLOSE)).isOne();
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(2);
  }

  @Test
  void anotherAttemptIsNotMadeWhereTheFormerWasPaid() {
    TestOrder order = awaiting(Basket.plain("second-needless").awaited());

    OrderView ended = order.customerPays().pay(Wallet.CHANNEL, "tok_other").join();

    assertThat(ended.status()).isEqualTo(OrderStatus.COMPLETED);
    order.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.CHARGE)).isOne();
  }

  @Test
  void afterADeclineTheCustomerTakesAnotherChannel() {
    TestOrder order = awaiting(Basket.plain("second-channel").awaited());
    order.customerRefuses().reported();
    order.awaitReason("refused");
    assertThat(order.show().status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    assertThat(order.show().nextAction()).isEmpty();

    OrderView ended = order.pay(Basket.CHANNEL, "tok_card").join();

    assertThat(ended.status()).isEqualTo(OrderStatus.COMPLETED);
    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aDeclineWaitsForTheCustomerUntilTheDeadline() {
    TestOrder order = awaiting(Basket.rich("second-never").awaited());

    OrderView ended = order.customerRefuses().reported().ends(OrderStatus.DECLINED);

    assertThat(ended.reason()).map(Reason::code).contains("PAYMENT_EXPIRED");
    assertThat(order.took()).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
  }

  @Test
  void theLastAttemptThatIsDeclinedDeclinesTheOrder() {
    var twice = new PaymentWait(Duration.ofMinutes(30), 2, List.of(Duration.ofSeconds(10)));
    TestOrder order = awaiting(Basket.rich("attempts").awaited(twice));
    order.customerRefuses().reported();
    order.awaitReason("refused");
    order.pay(Wallet.CHANNEL, "tok_other").join();
    assertThat(TestOrder.refusal(order.pay(Wallet.CHANNEL, "tok_third")))
        .contains("no attempts are left; only the one under way can still be paid");

    OrderView ended = order.customerRefuses().ends(OrderStatus.DECLINED);

    assertThat(ended.reason()).map(Reason::code).contains("refused");
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(2);
  }

  @Test
  void aChannelThatDoesNotTakeTheChoiceCostsNoAttempt() {
    TestOrder order = awaiting(Basket.plain("choice-refused").awaited());
    order.with(Call.CHARGE, Trouble.failingFrom(2, 3));

    OrderView still = order.pay(Basket.CHANNEL, "tok_card").join();

    assertThat(still.status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    assertThat(still.reason()).map(Reason::code).contains("NOT_AVAILABLE");
    order.pay(Basket.CHANNEL, "tok_card").join();
    order.ends(OrderStatus.COMPLETED);
    assertThat(order.regularActivities()).isEmpty();
  }

  @Test
  void aChoiceOfADrainedChannelIsRefusedAndWhatIsOpenStaysOpen() {
    TestOrder order = awaiting(Basket.plain("choice-drained").awaited());
    shop.ledger().drain(Basket.CHANNEL);

    assertThat(TestOrder.refusal(order.pay(Basket.CHANNEL, "tok_card")))
        .contains(OrderWorkflow.NOT_POSSIBLE)
        .anyMatch(said -> said.contains(Reason.CHANNEL_DRAINED));

    assertThat(order.show().status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);
    assertThat(order.attempts(Call.CLOSE)).isZero();
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.CHARGE)).isOne();
  }

  @Test
  void aChoiceWhoseAnswerIsLostIsMadeOnce() {
    TestOrder order = awaiting(Basket.plain("choice-unseen").awaited());
    order.with(Call.CHARGE, Trouble.landingUnseen(6));

    order.pay(Basket.CHANNEL, "tok_card").join();

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.regularActivities()).containsOnly(Call.CHARGE.type());
  }

  @Test
  void onlyAnOrderThatAwaitsItsPaymentTakesAChoiceAndOnlyAToken() {
    TestOrder held = shop.order(Basket.plain("choice-held").withHold()).place();
    held.awaitStatus(OrderStatus.ON_HOLD);
    assertThat(TestOrder.refusal(held.pay(Basket.CHANNEL, "tok_card")))
        .contains("it does not wait for a payment; it is ON_HOLD");
    held.cancel().join();
    TestOrder order = awaiting(Basket.plain("choice-card").awaited());

    assertThat(TestOrder.refusal(order.pay(Basket.CHANNEL, "4111 1111 1111 1111")))
        .anyMatch(said -> said.contains("looks like a card number"));

    order.cancel().join();
  }

  @Test
  void aCancelIsHeededAndTheUndoClosesThePayment() {
    TestOrder order = awaiting(Basket.rich("awaited-cancel").awaited());

    CancelReply reply = order.cancel().join();

    assertThat(reply.verdict()).isEqualTo(CancelReply.Verdict.CANCELLED);
    order.ends(OrderStatus.CANCELLED);
  }

  @Test
  void aCancelAfterAPaymentThatNobodyHasHeardOfRefundsIt() {
    TestOrder order = awaiting(Basket.rich("awaited-cancel-paid").awaited());

    order.customerPays().cancel().join();

    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void aPaymentIsClosedWhereNobodySaysHowLongToWait() {
    TestOrder order = shop.order(Basket.rich("unawaited").by(Wallet.CHANNEL)).place();

    order.ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.CLOSE)).isOne();
  }

  @Test
  void oneChoiceIsTriedAtATime() {
    TestOrder order = awaiting(Basket.plain("two-choices").awaited());

    CompletableFuture<OrderView> first = order.pay(Wallet.CHANNEL, "tok_one");
    CompletableFuture<OrderView> second = order.pay(Wallet.CHANNEL, "tok_two");

    assertThat(first.handle((view, failed) -> view == null ? 0 : 1).join())
        .as("the first is taken")
        .isOne();
    second.handle((view, failed) -> 0).join();
    order.customerPays().reported().ends(OrderStatus.COMPLETED);
  }
}
