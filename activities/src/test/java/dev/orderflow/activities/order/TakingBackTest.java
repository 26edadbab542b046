package dev.orderflow.activities.order;

import static dev.orderflow.activities.Shop.document;
import static dev.orderflow.activities.Shop.line;
import static dev.orderflow.activities.Shop.reservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.Claim;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.inventory.InventoryActivities.Return;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderActivities.Ending;
import dev.orderflow.workflows.order.OrderActivities.ReviewRequest;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TakingBackTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final Reason WHY = new Reason("WHY", "for a reason");

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(database);
    shop.sells("mug", "12.50", 10_000);
  }

  private static StepKey key(OrderId order, Step step) {
    return StepKey.of(order, step);
  }

  private static OrderStatus accepted(OrderId order) {
    return shop.orders().accept(OrderInput.recover(order)).status();
  }

  private static void end(OrderId order, UndoPlan plan) {
    shop.orders().end(new Ending(order, plan.ending(), plan.reason()));
  }

  private static void release(OrderId order) {
    shop.inventory().release(new Return(key(order, Step.RELEASE), key(order, Step.RESERVE)));
  }

  @Test
  void anOrderIsTakenBackAndEnds() {
    OrderId order = shop.reserved("mug", 2);
    UndoPlan plan = shop.beginUndo(order, OrderStatus.CANCELLED);
    assertThat(plan.refusal()).isEmpty();
    assertThat(plan.ending()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(plan.plan()).isPresent();
    assertThat(plan.undos())
        .containsExactly(new Undo(key(order, Step.RELEASE), key(order, Step.RESERVE)));
    assertThat(accepted(order)).isEqualTo(OrderStatus.COMPENSATING);
    release(order);
    end(order, plan);
    end(order, plan);
    assertThat(accepted(order)).isEqualTo(OrderStatus.CANCELLED);
    assertThat(shop.beginUndo(order, OrderStatus.FAILED).undos()).isEmpty();
    assertThat(accepted(order)).isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void whatIsUndoneIsLeftOutWhenItIsAskedAgain() {
    OrderId order = shop.reserved("mug", 2);
    UndoPlan first = shop.beginUndo(order, OrderStatus.CANCELLED);
    assertThat(shop.beginUndo(order, OrderStatus.CANCELLED)).isEqualTo(first);
    release(order);
    assertThat(shop.beginUndo(order, OrderStatus.CANCELLED).undos()).isEmpty();
  }

  @Test
  void theFirstWishDecidesHowItEnds() {
    OrderId order = shop.reserved("mug", 2);
    UndoPlan first = shop.beginUndo(order, OrderStatus.DECLINED);
    UndoPlan second = shop.beginUndo(order, OrderStatus.CANCELLED);
    assertThat(second.ending()).isEqualTo(OrderStatus.DECLINED);
    assertThat(second.reason()).isEqualTo(first.reason());
  }

  @RepeatedTest(5)
  void ofWishesAtOnceOneDecides() {
    OrderId order = shop.reserved("mug", 1);
    List<AtOnce.Result<UndoPlan>> plans =
        AtOnce.run(
            List.of(
                () -> shop.beginUndo(order, OrderStatus.CANCELLED),
                () -> shop.beginUndo(order, OrderStatus.FAILED),
                () -> shop.beginUndo(order, OrderStatus.DECLINED)));
    assertThat(plans).allMatch(plan -> plan.failure() == null);
    assertThat(plans).extracting(AtOnce.Result::value).containsOnly(plans.get(0).value());
  }

  @RepeatedTest(10)
  void aReservationJustBeingMadeIsEitherUndoneOrFenced() {
    OrderId order = shop.placed("mug", 1);
    List<AtOnce.Result<Object>> results =
        AtOnce.<Object>run(
            List.of(
                () -> shop.inventory().reserve(reservation(order, "mug", 1)),
                () -> shop.beginUndo(order, OrderStatus.CANCELLED)));
    boolean reserved = results.get(0).failure() == null;
    UndoPlan plan = (UndoPlan) results.get(1).value();
    assertThat(plan.undos()).hasSize(reserved ? 1 : 0);
  }

  @RepeatedTest(10)
  void aCommitJustBeingMadeEitherCompletesTheOrderFirstOrNeverHappens() {
    OrderId order = shop.reserved("mug", 1);
    List<AtOnce.Result<Object>> results =
        AtOnce.<Object>run(
            List.of(
                () -> shop.inventory().commit(key(order, Step.COMMIT)),
                () -> shop.beginUndo(order, OrderStatus.CANCELLED)));
    boolean committed = results.get(0).failure() == null;
    UndoPlan plan = (UndoPlan) results.get(1).value();
    assertThat(plan.ending()).isEqualTo(committed ? OrderStatus.REFUNDED : OrderStatus.CANCELLED);
    assertThat(plan.undos()).hasSize(committed ? 2 : 1);
    assertThat(accepted(order)).isEqualTo(OrderStatus.COMPENSATING);
  }

  @RepeatedTest(5)
  void acommitCopiedManyTimesAgainstManyWishesDeadlocksNobody() {
    OrderId order = shop.reserved("mug", 1);
    Callable<Object> commit = () -> shop.inventory().commit(key(order, Step.COMMIT));
    Callable<Object> wish = () -> shop.beginUndo(order, OrderStatus.CANCELLED);
    List<AtOnce.Result<Object>> results =
        AtOnce.<Object>run(List.of(commit, wish, commit, wish, commit, wish));
    assertThat(results)
        .allMatch(r -> r.failure() == null || r.failure() instanceof ApplicationFailure);
  }

  @Test
  void aCallInDoubtIsUndoneLikeOneThatSucceededAndIsClosedForFurtherAttempts() {
    OrderId order = shop.placed("mug", 1);
    Calls calls = shop.get(Calls.class);
    Claim.Terms terms = new Claim.Terms(Duration.ofMinutes(1), Duration.ofHours(1));
    StepKey charge = key(order, Step.CHARGE);
    Claim.Held held = (Claim.Held) calls.claim(charge, "payment", terms, tx -> {});
    Undo refund = new Undo(key(order, Step.REFUND), charge);
    assertThat(shop.beginUndo(order, OrderStatus.FAILED).undos()).containsExactly(refund);
    calls.settle(held, Outcome.unknown(WHY));
    assertThatThrownBy(() -> calls.claim(charge, "payment", terms, tx -> {}))
        .hasMessageContaining("its undo settles it");
    assertThat(shop.beginUndo(order, OrderStatus.FAILED).undos()).containsExactly(refund);
  }

  @Test
  void aCallThatWasCertainlyNotMadeBecomesATombstone() {
    OrderId order = shop.placed("mug", 1);
    Calls calls = shop.get(Calls.class);
    Claim.Terms terms = new Claim.Terms(Duration.ofMinutes(1), Duration.ofHours(1));
    StepKey charge = key(order, Step.CHARGE);
    calls.settle(
        (Claim.Held) calls.claim(charge, "payment", terms, tx -> {}), Outcome.notExecuted(WHY));
    assertThat(shop.beginUndo(order, OrderStatus.FAILED).undos()).isEmpty();
    assertThat(shop.get(Ledger.class).find(charge).orElseThrow().state())
        .isEqualTo(Operation.State.FENCED);
  }

  @Test
  void aCallThatItsUndoFoundNotMadeStaysClosed() {
    OrderId order = shop.placed("mug", 1);
    Calls calls = shop.get(Calls.class);
    Claim.Terms terms = new Claim.Terms(Duration.ofMinutes(1), Duration.ofHours(1));
    StepKey charge = key(order, Step.CHARGE);
    Claim.Held held = (Claim.Held) calls.claim(charge, "payment", terms, tx -> {});
    shop.beginUndo(order, OrderStatus.FAILED);
    calls.settle(held, Outcome.notExecuted(WHY));
    assertThat(shop.beginUndo(order, OrderStatus.FAILED).undos()).isEmpty();
    assertThatThrownBy(() -> calls.claim(charge, "payment", terms, tx -> {}))
        .hasMessageContaining("NOT_EXECUTED");
  }

  @Test
  void aCompletedOrderIsRefundedHoweverItWasPut() {
    OrderId order = shop.completed("mug", 2);
    UndoPlan plan = shop.beginUndo(order, OrderStatus.CANCELLED);
    assertThat(plan.ending()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(plan.undos())
        .containsExactly(
            new Undo(key(order, Step.RESTOCK), key(order, Step.COMMIT)),
            new Undo(key(order, Step.RELEASE), key(order, Step.RESERVE)));
    end(order, plan);
    assertThat(accepted(order)).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void anOrderThatWasNotCompletedHasNothingToRefund() {
    assertThat(shop.beginUndo(shop.reserved("mug", 1), OrderStatus.REFUNDED).ending())
        .isEqualTo(OrderStatus.CANCELLED);
  }

  @Test
  void afterItsWindowACompletedOrderStaysAsItIs() {
    OrderId order = shop.completed("mug", 1);
    database.execute(
        "update sales_order set completed_at = completed_at - interval '15 days' where id = '"
            + order
            + "'");
    UndoPlan plan = shop.beginUndo(order, OrderStatus.REFUNDED);
    assertThat(plan.refusal().orElseThrow().code()).isEqualTo("REFUND_WINDOW_OVER");
    assertThat(plan.undos()).isEmpty();
    assertThat(accepted(order)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(shop.get(Ledger.class).effects(order))
        .as("nothing fenced")
        .extracting(Operation::state)
        .containsOnly(Operation.State.SUCCEEDED);
    assertThat(answers(order)).isEqualTo("REFUSED");
  }

  private static String answers(OrderId order) {
    return shop.text(
        "select string_agg(answer, ',' order by made_at) from order_decision where order_id = '"
            + order
            + "'");
  }

  @Test
  void aRejectedOrderHasNothingToUndo() {
    OrderDocument document = document(line("unicorn", 1));
    shop.accept(document);
    UndoPlan plan = shop.beginUndo(OrderId.ofKey(document.key()), OrderStatus.CANCELLED);
    assertThat(plan.ending()).isEqualTo(OrderStatus.REJECTED);
    assertThat(plan.plan()).isEmpty();
    assertThat(plan.undos()).isEmpty();
  }

  @Test
  void anOrderThatIsNotThereIsSaidNotToBe() {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> shop.beginUndo(OrderId.ofKey("nobody's"), OrderStatus.CANCELLED));
    assertThat(failure.getType()).isEqualTo("NO_SUCH_ORDER");
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void anOrderEndsOnlyAfterItsUndoWasBegun() {
    OrderId order = shop.placed("mug", 1);
    assertThatThrownBy(() -> shop.orders().end(new Ending(order, OrderStatus.FAILED, WHY)))
        .hasMessageContaining("is not being taken back");
  }

  private static ReviewRequest review(OrderId order, OrderStatus status, Step step) {
    return new ReviewRequest(order, status, key(order, step), WHY);
  }

  private static ReviewDecision decision(int version, Choice choice) {
    Decision by = new Decision("mia", Decision.Role.OPERATOR, "looked at it");
    return new ReviewDecision(by, version, choice, Optional.empty());
  }

  @Test
  void anOrderWaitsOnceForEachStepAndGoesOn() {
    OrderId order = shop.reserved("mug", 1);
    ReviewRequest hold = review(order, OrderStatus.ON_HOLD, Step.CAPTURE);
    assertThat(shop.orders().openReview(hold)).isEqualTo(1);
    assertThat(shop.orders().openReview(hold)).isEqualTo(1);
    assertThat(accepted(order)).isEqualTo(OrderStatus.ON_HOLD);
    shop.orders().closeReview(order, decision(1, Choice.APPROVE));
    shop.orders().closeReview(order, decision(1, Choice.APPROVE));
    assertThat(accepted(order)).isEqualTo(OrderStatus.PLACED);
    assertThat(answers(order)).isEqualTo("TAKEN");
    assertThat(shop.orders().openReview(review(order, OrderStatus.IN_REVIEW, Step.COMMIT)))
        .isEqualTo(2);
    assertThat(accepted(order)).isEqualTo(OrderStatus.IN_REVIEW);
  }

  @RepeatedTest(5)
  void copiesOfAWaitAtOnceAreOneWait() {
    OrderId order = shop.placed("mug", 1);
    ReviewRequest hold = review(order, OrderStatus.ON_HOLD, Step.CAPTURE);
    Callable<Integer> copy = () -> shop.orders().openReview(hold);
    assertThat(AtOnce.run(Collections.nCopies(4, copy))).containsOnly(new AtOnce.Result<>(1, null));
  }

  @Test
  void anUndoInReviewIsStillAnUndo() {
    OrderId order = shop.reserved("mug", 1);
    shop.beginUndo(order, OrderStatus.CANCELLED);
    shop.orders().openReview(review(order, OrderStatus.IN_REVIEW, Step.REFUND));
    assertThat(shop.status(order)).isEqualTo("IN_REVIEW");
    Acceptance again = shop.orders().accept(OrderInput.recover(order));
    assertThat(again.status()).isEqualTo(OrderStatus.COMPENSATING);
    assertThat(again.reason()).isPresent();
    shop.orders().openReview(review(order, OrderStatus.ON_HOLD, Step.CAPTURE));
    assertThat(shop.status(order)).isEqualTo("IN_REVIEW");
    shop.orders().closeReview(order, decision(1, Choice.RETRY));
    assertThat(shop.status(order)).isEqualTo("COMPENSATING");
  }

  @Test
  void anEndingStaysWhileMoneyThatCameAfterwardsWaitsForAPerson() {
    OrderId order = shop.reserved("mug", 1);
    UndoPlan plan = shop.beginUndo(order, OrderStatus.DECLINED);
    release(order);
    end(order, plan);

    assertThat(shop.orders().openReview(review(order, OrderStatus.IN_REVIEW, Step.REFUND)))
        .isEqualTo(1);

    assertThat(shop.status(order)).isEqualTo("DECLINED");
    shop.orders().closeReview(order, decision(1, Choice.DENY));
    assertThat(shop.status(order)).isEqualTo("DECLINED");
  }

  @Test
  void everyWishIsKeptOnce() {
    OrderId order = shop.reserved("mug", 1);
    UndoRequest wish =
        new UndoRequest(
            order,
            OrderStatus.CANCELLED,
            WHY,
            new Decision("mia", Decision.Role.CUSTOMER, "changed my mind"));
    shop.orders().beginUndo(wish);
    shop.orders().beginUndo(wish);
    shop.beginUndo(order, OrderStatus.FAILED);
    assertThat(answers(order)).isEqualTo("TAKEN,TAKEN");
  }

  @Test
  void goodsHandedOverByOtherMeansCompleteTheOrderAndLeaveTheStock() {
    shop.sells("vase", "30.00", 5);
    OrderId order = shop.reserved("vase", 2);
    StepKey commit = key(order, Step.COMMIT);
    assertThat(shop.orders().acceptAsDone(commit)).isEqualTo(Outcome.succeeded());
    assertThat(shop.orders().acceptAsDone(commit)).isEqualTo(Outcome.succeeded());
    assertThat(accepted(order)).isEqualTo(OrderStatus.COMPLETED);
    assertThat(database.number("select on_hand * 10 + reserved from stock where article = 'vase'"))
        .isEqualTo(30);
    assertThat(shop.inventory().commit(commit)).isEqualTo(Outcome.succeeded());
  }

  @Test
  void anUndoDoneByOtherMeansIsLeftOut() {
    OrderId order = shop.reserved("mug", 1);
    UndoPlan plan = shop.beginUndo(order, OrderStatus.CANCELLED);
    shop.orders().acceptAsDone(plan.undos().get(0).key());
    assertThat(shop.beginUndo(order, OrderStatus.CANCELLED).undos()).isEmpty();
  }

  @Test
  void aPaymentIsNeverTakenAsDoneOnSomeonesWord() {
    OrderId order = shop.placed("mug", 1);
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> shop.orders().acceptAsDone(key(order, Step.REFUND)));
    assertThat(failure.getType()).isEqualTo("NOT_POSSIBLE");
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void theDatabaseItselfRefusesWhatMustNeverBe() {
    OrderId order = shop.placed("mug", 1);
    refused(order, "status = 'CANCELLED'");
    refused(order, "status = 'COMPENSATING'");
    refused(order, "status = 'COMPLETED'");
    refused(order, "customer_id = 'name@example.com'");
    assertThatThrownBy(
            () ->
                database.execute(
                    "update order_line set discount = gross + 1 where order_id = '" + order + "'"))
        .isInstanceOf(JdbiException.class);
  }

  private static void refused(OrderId order, String change) {
    assertThatThrownBy(
            () ->
                database.execute(
                    "update sales_order set " + change + " where id = '" + order + "'"))
        .isInstanceOf(JdbiException.class);
  }

  @Test
  void noPaymentBeginsOnceAnOrderIsTakenBackWhateverItsKey() {
    OrderId order = shop.reserved("mug", 1);
    assertThat(shop.pin(order)).isEmpty();

    shop.beginUndo(order, OrderStatus.CANCELLED);

    assertThat(shop.pin(order)).map(Reason::code).contains(Reason.FENCED);
  }

  @Test
  void whatIsArchivedIsNotPaidAgain() {
    OrderId order = shop.reserved("mug", 1);
    assertThat(shop.pin(order)).isEmpty();

    database.execute("update sales_order set archived_at = now() where id = '%s'".formatted(order));

    assertThat(shop.pin(order)).map(Reason::code).contains(Reason.FENCED);
  }
}
