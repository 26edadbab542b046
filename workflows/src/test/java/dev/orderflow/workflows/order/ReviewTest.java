package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.order.CancelReply.Verdict;
import dev.orderflow.workflows.order.OrderView.StepView;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What can neither be finished nor undone waits for an operator. */
class ReviewTest {

  private static final EnumSet<Call> PAYMENTS = EnumSet.of(Call.REFUND, Call.VOID);

  @RegisterExtension final Shop shop = new Shop();

  /** Taken back, with its undo in that trouble: denied on hold, or cancelled while followed up. */
  private TestOrder takenBack(Call undo, Trouble trouble) {
    if (undo == Call.VOID) {
      TestOrder order =
          shop.order(Basket.rich("stuck-" + undo).withHold()).with(undo, trouble).place();
      order.awaitStatus(OrderStatus.ON_HOLD);
      order.decide(Review.Choice.DENY);
      return order;
    }
    TestOrder order =
        shop.order(Basket.rich("stuck-" + undo))
            .with(undo, trouble)
            .with(Call.CONFIRM, Trouble.atWork(100, Duration.ofHours(1)))
            .place();
    order.awaitRegular(Call.CONFIRM);
    order.cancel();
    return order;
  }

  private static OrderStatus endingOf(Call undo) {
    return undo == Call.VOID ? OrderStatus.REJECTED : OrderStatus.REFUNDED;
  }

  private static List<StepView> steps(OrderView view, Call call) {
    return view.steps().stream()
        .filter(step -> step.key().step().name().equals(call.name()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_RELEASE", "RELEASE", "VOID", "REFUND", "RESTOCK", "REVOKE"})
  void anUndoThatWasRefusedIsTriedAgainUnderAKeyOfItsOwn(Call undo) {
    TestOrder order = takenBack(undo, Trouble.declinedUpTo(1, "NOT_NOW"));
    Review review = order.awaitStatus(OrderStatus.IN_REVIEW).review().orElseThrow();
    assertThat(review.reason().code()).isEqualTo("NOT_NOW");
    assertThat(review.choices())
        .containsExactlyInAnyOrder(Review.Choice.RETRY, Review.Choice.ACCEPT);

    assertThat(order.decide(Review.Choice.RETRY).join().status()).isEqualTo(endingOf(undo));

    List<StepView> tries = steps(order.ends(endingOf(undo)), undo);
    assertThat(tries).extracting(step -> step.key().n()).containsExactly(1, 2);
    assertThat(tries)
        .extracting(step -> step.outcome().state())
        .containsExactly(Outcome.State.DECLINED, Outcome.State.SUCCEEDED);
  }

  @Test
  void theRefundOfADisputedPaymentMayBeLeftAsItIsAtOnce() {
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, Reason.DISPUTED));

    Review review = order.awaitStatus(OrderStatus.IN_REVIEW).review().orElseThrow();

    assertThat(review.choices())
        .containsExactlyInAnyOrder(Review.Choice.RETRY, Review.Choice.ACCEPT, Review.Choice.DENY);
    order.decide(Review.Choice.RETRY).join();
    order.ends(OrderStatus.REFUNDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_RELEASE", "RELEASE", "VOID", "REFUND", "RESTOCK", "REVOKE"})
  void anUndoThatWasDoneByOtherMeansIsAccepted(Call undo) {
    TestOrder order = takenBack(undo, Trouble.declined("NEVER"));
    order.awaitStatus(OrderStatus.IN_REVIEW);
    Optional<String> reference = Optional.empty();
    if (PAYMENTS.contains(undo)) {
      shop.ledger().reverseByHand(order.id(), "at-the-desk");
      reference = Optional.of("at-the-desk");
    }

    OrderView decided = order.decide(Review.Choice.ACCEPT, reference).join();

    assertThat(decided.status()).isEqualTo(endingOf(undo));
    order.ends(endingOf(undo));
    assertThat(order.attempts(undo)).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"VOID", "REFUND"})
  void whatTheProviderDoesNotConfirmIsNotBelieved(Call undo) {
    TestOrder order = takenBack(undo, Trouble.declinedUpTo(1, "NOT_NOW"));
    int version = order.awaitStatus(OrderStatus.IN_REVIEW).review().orElseThrow().version();

    assertThat(TestOrder.refusal(order.decide(Review.Choice.ACCEPT, Optional.empty())))
        .anyMatch(said -> said.startsWith("reference: missing"));
    assertThat(TestOrder.refusal(order.decide(Review.Choice.ACCEPT, Optional.of("made-up"))))
        .contains(OrderWorkflow.NOT_POSSIBLE, "reference: no such reversal of this payment");

    assertThat(order.show().review().orElseThrow().version()).isEqualTo(version);
    order.decide(Review.Choice.RETRY).join();
    order.ends(endingOf(undo));
  }

  /** Three days of attempts, skipped. */
  @ParameterizedTest
  @EnumSource(names = {"VOID", "REFUND"})
  void aReversalThatIsNotSettledInThreeDaysWaitsForAnOperator(Call undo) {
    TestOrder order = takenBack(undo, Trouble.landingUnseen(10_000));
    order.awaitReviewAfterDays();
    order.with(undo, Trouble.NONE);

    order.decide(Review.Choice.RETRY);

    List<StepView> tries = steps(order.ends(endingOf(undo)), undo);
    assertThat(tries).singleElement().satisfies(step -> assertThat(step.key().n()).isOne());
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_RELEASE", "RELEASE", "REFUND", "RESTOCK", "REVOKE"})
  void anUndoThatMayNotBeTriedWaitsForAnOperator(Call undo) {
    TestOrder order = takenBack(undo, Trouble.never("FORBIDDEN"));
    OrderView waiting = order.awaitStatus(OrderStatus.IN_REVIEW);
    assertThat(waiting.reason().orElseThrow().code()).isEqualTo("FORBIDDEN");
    order.with(undo, Trouble.NONE);

    order.decide(Review.Choice.RETRY);

    order.ends(OrderStatus.REFUNDED);
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_RELEASE", "RELEASE", "REFUND", "RESTOCK", "REVOKE"})
  void anUndoInTroubleIsClimbedOnTheServer(Call undo) {
    TestOrder order = takenBack(undo, Trouble.failing(6));

    order.ends(OrderStatus.REFUNDED);

    assertThat(order.regularActivities()).contains(undo.type());
  }

  @Test
  void everyRefusedUndoIsReviewedInTurn() {
    TestOrder order =
        shop.order(Basket.rich("stuck-twice"))
            .with(Call.RESTOCK, Trouble.declined("SHELF_GONE"))
            .with(Call.REFUND, Trouble.declinedUpTo(2, "NOT_NOW"))
            .with(Call.CONFIRM, Trouble.atWork(100, Duration.ofHours(1)))
            .place();
    order.awaitRegular(Call.CONFIRM);
    order.cancel();
    assertThat(order.awaitStatus(OrderStatus.IN_REVIEW).review().orElseThrow().key().step().name())
        .isEqualTo("RESTOCK");

    OrderView next = order.decide(Review.Choice.ACCEPT).join();

    assertThat(next.review().orElseThrow().key().step().name()).isEqualTo("REFUND");
    assertThat(next.review().orElseThrow().version()).isEqualTo(2);
    order.decide(Review.Choice.RETRY).join();
    order.ends(OrderStatus.REFUNDED);
    assertThat(shop.ledger().decisions(order.id())).hasSize(2);
  }

  @Test
  void whileAnUndoWaitsACancelIsToldSo() {
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    order.awaitStatus(OrderStatus.IN_REVIEW);

    assertThat(order.cancel().join().verdict()).isEqualTo(Verdict.IN_REVIEW);

    order.decide(Review.Choice.RETRY).join();
    order.ends(OrderStatus.REFUNDED);
  }

  @Test
  void temporalsOwnCancelDoesNotTearAReviewApart() {
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    order.awaitStatus(OrderStatus.IN_REVIEW);
    order.workflow().cancel();

    CompletableFuture<OrderView> decided = order.decide(Review.Choice.RETRY);

    assertThat(decided.join().status()).isEqualTo(OrderStatus.REFUNDED);
    order.ends(OrderStatus.REFUNDED);
  }

  @Test
  void anAnswerIsGivenAlsoWhenTemporalsOwnCancelArrivesMeanwhile() {
    Gate gate = new Gate();
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    order.awaitStatus(OrderStatus.IN_REVIEW);
    shop.ledger().reverseByHand(order.id(), "at-the-desk");
    order.with(Call.VERIFY, Trouble.failing(3).then(Trouble.waitingBeforeFrom(4, gate)));

    CompletableFuture<OrderView> decided =
        order.decide(Review.Choice.ACCEPT, Optional.of("at-the-desk"));
    gate.awaitArrival();
    order.workflow().cancel();
    gate.open();

    assertThat(decided.join().status()).isEqualTo(OrderStatus.REFUNDED);
    order.ends(OrderStatus.REFUNDED);
  }

  @Test
  void onlyADecisionOfTheWaitThatStandsIsTaken() {
    TestOrder order = shop.order(Basket.plain("decisions").withHold()).place();
    int version = order.awaitStatus(OrderStatus.ON_HOLD).review().orElseThrow().version();

    assertThat(
            TestOrder.refusal(order.decide(TestOrder.decision(version + 1, Review.Choice.APPROVE))))
        .anyMatch(said -> said.startsWith("version: "));
    assertThat(TestOrder.refusal(order.decide(TestOrder.decision(version, Review.Choice.REFUND))))
        .anyMatch(said -> said.startsWith("choice: "));
    assertThat(order.show().status()).isEqualTo(OrderStatus.ON_HOLD);

    order.decide(Review.Choice.APPROVE).join();
    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void whatIsStillBeingVerifiedHoldsBackNoOtherDecision() {
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    order.awaitStatus(OrderStatus.IN_REVIEW);
    order.with(Call.VERIFY, Trouble.failingAlways());
    CompletableFuture<OrderView> accept =
        order.decide(Review.Choice.ACCEPT, Optional.of("at-the-desk"));
    order.awaitRegular(Call.VERIFY);

    CompletableFuture<OrderView> retry = order.decide(Review.Choice.RETRY);

    assertThat(retry.join().status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(TestOrder.refusal(accept))
        .contains(OrderWorkflow.NOT_POSSIBLE, "another decision came first");
    order.ends(OrderStatus.REFUNDED);
    assertThat(shop.ledger().decisions(order.id()))
        .extracting(ReviewDecision::choice)
        .containsExactly(Review.Choice.RETRY);
  }

  @Test
  void ofTwoReferencesTheOneThatIsConfirmedIsBelieved() {
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    order.awaitStatus(OrderStatus.IN_REVIEW);
    shop.ledger().reverseByHand(order.id(), "at-the-desk");
    order.with(Call.VERIFY, Trouble.failingAlways());
    CompletableFuture<OrderView> mistyped =
        order.decide(Review.Choice.ACCEPT, Optional.of("at-the-dusk"));
    order.awaitRegular(Call.VERIFY);
    order.with(Call.VERIFY, Trouble.NONE);

    OrderView decided = order.decide(Review.Choice.ACCEPT, Optional.of("at-the-desk")).join();

    assertThat(decided.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(TestOrder.refusal(mistyped)).contains(OrderWorkflow.NOT_POSSIBLE);
    order.ends(OrderStatus.REFUNDED);
  }

  @Test
  void aDecisionWithoutAnActorIsRefusedAndHarmsNobody() {
    TestOrder order = shop.order(Basket.plain("no-actor").withHold()).place();
    order.awaitStatus(OrderStatus.ON_HOLD);

    assertThat(
            TestOrder.refusal(
                order.cancelWith(Map.of("actor", "", "role", "CUSTOMER", "reason", "why"))))
        .isNotEmpty();

    assertThat(order.show().status()).isEqualTo(OrderStatus.ON_HOLD);
    order.decide(Review.Choice.APPROVE).join();
    order.ends(OrderStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(names = {"RETRY", "ACCEPT", "REFUND"})
  void anOrderWhoseGoodsAreGoneIsFinishedOrRefundedAsDecided(Review.Choice choice) {
    TestOrder order =
        shop.order(Basket.rich("goods-gone-" + choice))
            .with(Call.COMMIT, Trouble.declinedUpTo(1, "RESERVATION_LOST"))
            .place();
    OrderView waiting = order.awaitStatus(OrderStatus.IN_REVIEW);
    assertThat(waiting.reason().orElseThrow().code()).isEqualTo("RESERVATION_LOST");
    OrderStatus ending =
        choice == Review.Choice.REFUND ? OrderStatus.CANCELLED : OrderStatus.COMPLETED;

    assertThat(order.decide(choice).join().status()).isEqualTo(ending);

    order.ends(ending);
    assertThat(shop.ledger().decisions(order.id()))
        .extracting(ReviewDecision::choice)
        .containsExactly(choice);
  }

  /** Aftercare was asked beside an order that waits, and its commit was fenced. */
  @ParameterizedTest
  @EnumSource(names = {"RETRY", "ACCEPT", "REFUND"})
  void whatWasTakenBackMeanwhileEndsSoWhateverIsDecided(Review.Choice choice) {
    TestOrder order =
        shop.order(Basket.rich("fenced-" + choice))
            .with(Call.COMMIT, Trouble.declinedUpTo(1, "RESERVATION_LOST"))
            .place();
    order.awaitStatus(OrderStatus.IN_REVIEW);
    TestAftercare beside = new TestAftercare(shop, order.id());
    assertThat(beside.cancel().join().status()).isEqualTo(OrderStatus.CANCELLED);

    assertThat(order.decide(choice).join().status()).isEqualTo(OrderStatus.CANCELLED);

    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.REFUND)).isOne();
  }

  @Test
  void anUndoInReviewIsRecoveredWithItsVersion() {
    TestOrder order = takenBack(Call.REFUND, Trouble.declinedUpTo(1, "NOT_NOW"));
    int version = order.awaitStatus(OrderStatus.IN_REVIEW).review().orElseThrow().version();
    order.workflow().terminate("on purpose");

    order.recover();

    // The ledger hands out a fresh key for what was refused: nobody has to be asked again.
    order.ends(OrderStatus.REFUNDED);
    assertThat(version).isOne();
  }
}
