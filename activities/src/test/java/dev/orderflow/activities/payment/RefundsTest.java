package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.payment.FakeProvider.Fault;
import dev.orderflow.workflows.inventory.InventoryActivities.Reservation;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.payment.PaymentActivities.Verification;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundDecision;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.payment.RefundRequest.All;
import dev.orderflow.workflows.payment.RefundRequest.Amount;
import dev.orderflow.workflows.payment.RefundRequest.Line;
import dev.orderflow.workflows.payment.RefundRequest.Lines;
import dev.orderflow.workflows.payment.RefundRequest.Wanted;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Money given back at a wish: never more than was taken, each wish once, whatever goes wrong. */
class RefundsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final Decision WHY = new Decision("desk", Decision.Role.OPERATOR, "scratched");

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("cup", "5.00", 100_000);
    shop.sells("lid", "2.34", 100_000);
  }

  /** Two cups and a lid, 12.34, with the goods handed over, but not paid. */
  private static Till completed() {
    OrderDocument document = Shop.document(Shop.line("cup", 2), Shop.line("lid", 1));
    OrderId order = OrderInput.place(document).orderId();
    shop.accept(document);
    shop.inventory()
        .reserve(
            new Reservation(
                StepKey.of(order, Step.RESERVE),
                List.of(
                    new dev.orderflow.workflows.inventory.InventoryActivities.Line(1, "cup", 2),
                    new dev.orderflow.workflows.inventory.InventoryActivities.Line(2, "lid", 1))));
    shop.inventory().commit(StepKey.of(order, Step.COMMIT));
    return new Till(DATABASE, order);
  }

  private static Till paid() {
    Till till = completed();
    till.charge();
    return till;
  }

  private static Wanted eur(String amount) {
    return new Amount(Money.parse("EUR " + amount));
  }

  private static Wanted line(int number, int quantity) {
    return new Lines(List.of(new Line(number, Optional.of(quantity))));
  }

  private static RefundWish wish(Till till, String key, Wanted wanted) {
    return new RefundWish(till.order, new RefundRequest(key, wanted, WHY), Optional.empty());
  }

  private static StepKey decide(Till till, String key, Wanted wanted) {
    return till.payments.decideRefund(wish(till, key, wanted)).refund().orElseThrow().key();
  }

  private static Outcome refund(Till till, String key, Wanted wanted) {
    return till.payments.giveBack(decide(till, key, wanted));
  }

  private static String refusal(Till till, String key, Wanted wanted) {
    return till.payments.decideRefund(wish(till, key, wanted)).refusal().orElseThrow().code();
  }

  private static PaymentBalance balance(Till till) {
    return till.payments.balance(till.order).orElseThrow();
  }

  /** What the provider gave back, which must be what our books say. */
  private static long given(Till till) {
    long given =
        till.provider.done("refund").stream().mapToLong(r -> r.path("amount").asLong()).sum();
    assertThat(balance(till).refunded().getAmountMinorLong()).isEqualTo(given);
    return given;
  }

  private static Undo beginUndo(Till till) {
    return shop.beginUndo(till.order, OrderStatus.CANCELLED).undos().stream()
        .filter(undo -> undo.key().step() == Step.REFUND)
        .findFirst()
        .orElseThrow();
  }

  private static Outcome undo(Till till) {
    Undo undo = beginUndo(till);
    return till.payments.refund(new Reversal(undo.key(), undo.forward()));
  }

  @Test
  void partsAreGivenBackUntilNothingIsLeft() {
    try (Till till = paid()) {
      assertThat(refund(till, "a", eur("5")).state()).isEqualTo(State.SUCCEEDED);
      assertThat(refusal(till, "b", eur("7.35"))).isEqualTo("MORE_THAN_LEFT");
      assertThat(refund(till, "c", line(2, 1)).state()).isEqualTo(State.SUCCEEDED);
      assertThat(balance(till).left()).isEqualTo(Money.parse("EUR 5.00"));
      assertThat(refund(till, "d", new All()).state()).isEqualTo(State.SUCCEEDED);

      assertThat(refusal(till, "e", new All())).isEqualTo("NOTHING_LEFT");
      assertThat(given(till)).isEqualTo(1234);
      assertThat(till.provider.done("refund"))
          .extracting(refund -> refund.path("amount").asLong())
          .containsExactly(500L, 234L, 500L);
      assertThat(balance(till).refunds())
          .extracting(PaymentBalance.Refund::requestKey)
          .containsExactly(Optional.of("a"), Optional.of("c"), Optional.of("d"));
    }
  }

  @Test
  void aLineIsRefundedOnceAndPieceByPiece() {
    try (Till till = paid()) {
      refund(till, "a", line(1, 1));
      assertThat(refusal(till, "b", line(1, 2))).isEqualTo("LINE_REFUNDED");
      refund(till, "c", line(1, 1));
      assertThat(refusal(till, "d", line(1, 1))).isEqualTo("LINE_REFUNDED");
      assertThat(refusal(till, "e", line(3, 1))).isEqualTo("NO_SUCH_LINE");
      assertThat(given(till)).isEqualTo(1000);
    }
  }

  @Test
  void theSameKeyIsTheSameRefundAndAnotherWishUnderItIsRefused() {
    try (Till till = paid()) {
      Outcome first = refund(till, "a", eur("5"));

      assertThat(refund(till, "a", eur("5"))).isEqualTo(first);
      assertThat(refusal(till, "a", eur("6"))).isEqualTo("KEY_REUSED");
      assertThat(given(till)).isEqualTo(500);
    }
  }

  @Test
  void whatCanNotBeRefundedIsRefusedWithTheReason() {
    try (Till till = completed()) {
      assertThat(refusal(till, "a", new All())).isEqualTo("NOTHING_PAID");
      till.charge();
      assertThat(refusal(till, "b", new Amount(Money.parse("USD 1"))))
          .isEqualTo("CURRENCY_DIFFERS");
      DATABASE.execute(
          "update sales_order set completed_at = now() - interval '1 year' where id = '"
              + till.order
              + "'");
      assertThat(refusal(till, "c", new All())).isEqualTo("REFUND_WINDOW_OVER");
      assertThat(balance(till).refunds()).isEmpty();
    }
    try (Till till = new Till(DATABASE, shop.reserved("cup", 1))) {
      till.charge();
      assertThat(refusal(till, "a", new All())).isEqualTo("NOT_COMPLETED");
    }
  }

  @Test
  void whilePaymentIsInDoubtItIsNotYetRefunded() {
    try (Till till = completed()) {
      till.provider.next(Fault.HANG_AFTER);
      till.givenUp(till::charge);

      assertThat(refusal(till, "a", eur("5"))).isEqualTo("PAYMENT_IN_DOUBT");

      till.charge();
      assertThat(refund(till, "a", eur("5")).state()).isEqualTo(State.SUCCEEDED);
      assertThat(given(till)).isEqualTo(500);
    }
  }

  @RepeatedTest(5)
  void ofTwoRefundsAtOnceThatAreTooMuchTogetherOneIsRefused() {
    try (Till till = paid()) {
      List<AtOnce.Result<RefundDecision>> decisions =
          AtOnce.run(
              List.of(
                  () -> till.payments.decideRefund(wish(till, "a", eur("8"))),
                  () -> till.payments.decideRefund(wish(till, "b", eur("8")))));

      assertThat(decisions)
          .extracting(result -> result.value().refusal().map(Reason::code).orElse("none"))
          .containsExactlyInAnyOrder("none", "MORE_THAN_LEFT");
      decisions.forEach(
          result -> result.value().refund().ifPresent(r -> till.payments.giveBack(r.key())));
      assertThat(given(till)).isEqualTo(800);
    }
  }

  @Test
  void whoDiesBetweenTheClaimAndTheAnswerGivesBackOnce() {
    try (Till till = paid()) {
      StepKey refund = decide(till, "a", eur("5"));
      till.dieInTransaction(2);
      assertThatThrownBy(() -> till.payments.giveBack(refund)).hasMessageContaining("killed");
      assertThat(failure(() -> till.payments.giveBack(refund)).getType()).isEqualTo("PENDING");
      till.leasesEnd();

      assertThat(refund(till, "a", eur("5")).state()).isEqualTo(State.SUCCEEDED);
      assertThat(given(till)).isEqualTo(500);
    }
  }

  @Test
  void whoDiesBeforeTheClaimHasAskedForNothing() {
    try (Till till = paid()) {
      StepKey refund = decide(till, "a", eur("5"));
      till.dieInTransaction(1);
      assertThatThrownBy(() -> till.payments.giveBack(refund)).hasMessageContaining("killed");

      assertThat(given(till)).isZero();
      assertThat(till.payments.giveBack(refund).state()).isEqualTo(State.SUCCEEDED);
      assertThat(given(till)).isEqualTo(500);
    }
  }

  @Test
  void aRefusedRefundLeavesTheMoneyAndIsTriedAnewUnderItsOwnKey() {
    try (Till till = paid()) {
      till.provider.next(Fault.DECLINE);
      StepKey first = decide(till, "a", line(1, 2));
      assertThat(till.payments.giveBack(first).isDeclined()).isTrue();
      assertThat(balance(till).left()).isEqualTo(Till.AMOUNT);
      RefundWish anew =
          new RefundWish(till.order, new RefundRequest("a", line(1, 2), WHY), Optional.of(first));

      StepKey second = till.payments.decideRefund(anew).refund().orElseThrow().key();

      assertThat(second).isEqualTo(first.next());
      assertThat(till.payments.decideRefund(anew).refund().orElseThrow().key()).isEqualTo(second);
      assertThat(till.payments.giveBack(second).state()).isEqualTo(State.SUCCEEDED);
      assertThat(decide(till, "a", line(1, 2))).isEqualTo(second);
      assertThat(given(till)).isEqualTo(1000);
    }
  }

  @Test
  void aRefusedRefundThatIsGivenUpLeavesItsLinesFree() {
    try (Till till = paid()) {
      till.provider.next(Fault.DECLINE);
      StepKey refused = decide(till, "a", line(1, 2));
      till.payments.giveBack(refused);
      till.payments.giveUpRefund(refused);

      assertThat(refusal(till, "a", line(1, 2))).isEqualTo("REFUND_GIVEN_UP");
      assertThat(refund(till, "b", line(1, 2)).state()).isEqualTo(State.SUCCEEDED);
    }
  }

  @Test
  void aRefusedRefundThatWasMadeByHandIsBelievedOnceTheProviderConfirmsIt() {
    try (Till till = paid()) {
      String charge = till.ledger.find(till.charge).orElseThrow().reference().orElseThrow();
      refund(till, "a", eur("5"));
      till.provider.next(Fault.DECLINE);
      StepKey refused = decide(till, "b", eur("5"));
      till.payments.giveBack(refused);
      String earlier = till.provider.done("refund").get(0).path("id").asText();
      assertThat(verify(till, refused, earlier).isDeclined()).isTrue();
      String byHand = till.provider.byHand("refund", charge, 500, till.order.value());

      assertThat(verify(till, refused, byHand)).isEqualTo(Outcome.succeeded(byHand));
      assertThat(verify(till, refused, byHand)).isEqualTo(Outcome.succeeded(byHand));

      assertThat(till.payments.giveBack(decide(till, "b", eur("5"))))
          .isEqualTo(Outcome.succeeded(byHand));
      assertThat(given(till)).isEqualTo(1000);
      assertThat(undo(till).state()).isEqualTo(State.SUCCEEDED);
      assertThat(given(till)).isEqualTo(1234);
    }
  }

  private static Outcome verify(Till till, StepKey refund, String reference) {
    return till.payments.verify(new Verification(refund, till.charge, reference));
  }

  @Test
  void theUndoOfAPaymentGivesBackWhatIsLeft() {
    try (Till till = paid()) {
      refund(till, "a", eur("5"));

      assertThat(undo(till).state()).isEqualTo(State.SUCCEEDED);

      assertThat(given(till)).isEqualTo(1234);
      assertThat(refusal(till, "b", eur("1"))).isEqualTo("NOT_COMPLETED");
      assertThat(shop.beginUndo(till.order, OrderStatus.CANCELLED).undos())
          .noneMatch(undo -> undo.key().step() == Step.REFUND);
    }
  }

  @Test
  void theUndoOfAPaymentThatIsGivenBackAlreadyAsksNobody() {
    try (Till till = paid()) {
      refund(till, "a", new All());
      long posts = till.provider.posts();

      assertThat(undo(till)).isEqualTo(Outcome.succeeded());
      assertThat(till.provider.posts()).isEqualTo(posts);
    }
  }

  @Test
  void theUndoFindsOutWhatBecameOfARefundInDoubtFirst() {
    try (Till till = paid()) {
      StepKey doubt = decide(till, "a", eur("5"));
      till.provider.next(Fault.HANG_AFTER);
      till.provider.seeing(false);
      till.givenUp(() -> till.payments.giveBack(doubt));
      Undo undo = beginUndo(till);
      Reversal reversal = new Reversal(undo.key(), undo.forward());
      assertThat(failure(() -> till.payments.refund(reversal)).getOriginalMessage())
          .contains("NOT_FOUND_YET");
      till.provider.seeing(true);

      assertThat(till.payments.refund(reversal).state()).isEqualTo(State.SUCCEEDED);
      assertThat(given(till)).isEqualTo(1234);
      assertThat(till.provider.done("refund")).hasSize(2);
    }
  }

  @Test
  void aRefundInDoubtThatCertainlyNeverCameIsGivenBackByTheUndo() {
    try (Till till = paid()) {
      StepKey doubt = decide(till, "a", eur("5"));
      till.provider.next(Fault.HANG_BEFORE);
      till.givenUp(() -> till.payments.giveBack(doubt));
      Undo undo = beginUndo(till);
      till.horizonPasses();

      till.payments.refund(new Reversal(undo.key(), undo.forward()));

      assertThat(till.provider.done("refund")).hasSize(1);
      assertThat(given(till)).isEqualTo(1234);
      assertThat(failure(() -> till.payments.giveBack(doubt)).isNonRetryable()).isTrue();
    }
  }

  @Test
  void aRefundThatWasDecidedButNotAskedForComesNoMoreOnceTheUndoIsThere() {
    try (Till till = paid()) {
      StepKey decided = decide(till, "a", eur("5"));

      assertThat(undo(till).state()).isEqualTo(State.SUCCEEDED);

      assertThat(failure(() -> till.payments.giveBack(decided)).getOriginalMessage())
          .contains("FENCED");
      assertThat(till.state(decided)).isEqualTo(Operation.State.FENCED);
      assertThat(given(till)).isEqualTo(1234);
    }
  }

  @RepeatedTest(10)
  void aRefundAndACancelAtOnceGiveBackWhatWasTakenAndNoMore() {
    try (Till till = paid()) {
      AtOnce.run(
          List.of(
              () -> refund(till, "a", eur("5")),
              () -> refund(till, "b", eur("5")),
              () -> undo(till)));
      // Whoever was in the other's way is repeated, as its workflow would.
      AtOnce.run(List.of(() -> undo(till)));
      till.leasesEnd();
      till.horizonPasses();
      shop.beginUndo(till.order, OrderStatus.CANCELLED).undos().stream()
          .filter(undo -> undo.key().step() == Step.REFUND)
          .forEach(undo -> till.payments.refund(new Reversal(undo.key(), undo.forward())));

      assertThat(given(till)).isEqualTo(1234);
    }
  }
}
