package dev.orderflow.activities.payment;

import static dev.orderflow.activities.payment.Till.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.inventory.StockLevel;
import dev.orderflow.activities.inventory.StockStore;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.inventory.InventoryActivities.Return;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderActivities.Ending;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Revival;
import dev.orderflow.workflows.order.RevivalDecision;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.PaymentActivities.RefundWish;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An order that nobody paid in time, and that is paid after all. */
class ReviveTest {
  private static final Reason EXPIRED = new Reason("PAYMENT_EXPIRED", "not paid within PT30M");
  private static final Decision CUSTOMER =
      new Decision("customer-1", Decision.Role.CUSTOMER, "changed my mind");

  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @TempDir Path folder;
  private String article;
  private OrderId order;
  private SandboxTill till;
  private StepKey receive;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
  }

  @BeforeEach
  void oneIsLeft() {
    article = "mug-" + UUID.randomUUID();
    shop.sells(article, "12.34", 1);
    place(Shop.paidBy("revives", Shop.document(Shop.line(article, 1))));
  }

  private void place(OrderDocument document) {
    OrderInput input = OrderInput.place(document);
    shop.orders().accept(input);
    order = input.orderId();
    receive = StepKey.of(order, Step.RECEIVE);
    if (till != null) {
      till.close();
    }
    till = new SandboxTill(DATABASE, folder(order), order, Optional.empty());
  }

  private Path folder(OrderId of) {
    try {
      return Files.createDirectory(folder.resolve(of.value()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterEach
  void stop() {
    till.close();
  }

  private StepKey key(Step step, int n) {
    return new StepKey(order, step, n);
  }

  private Outcome reserve(int generation) {
    return shop.inventory()
        .reserve(
            new InventoryActivities.Reservation(
                key(Step.RESERVE, generation),
                List.of(new InventoryActivities.Line(1, article, 1))));
  }

  private UndoPlan beginUndo(OrderStatus ending, Reason why, Decision decision, int generation) {
    return shop.orders()
        .beginUndo(new UndoRequest(order, ending, why, decision, Optional.of(generation)));
  }

  private void carryOut(UndoPlan plan) {
    for (Undo undo : plan.undos()) {
      switch (undo.key().step()) {
        case RELEASE -> shop.inventory().release(new Return(undo.key(), undo.forward()));
        case RESTOCK -> shop.inventory().restock(new Return(undo.key(), undo.forward()));
        case COUPON_RELEASE ->
            shop.coupons().release(new CouponActivities.Release(undo.key(), undo.forward()));
        default -> till.payments.refund(new Reversal(undo.key(), undo.forward()));
      }
    }
    shop.orders().end(new Ending(order, plan.ending(), plan.reason()));
  }

  /** The customer was waited for, the payment closed, and everything undone. */
  private void expire() {
    reserve(1);
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    carryOut(beginUndo(OrderStatus.DECLINED, EXPIRED, Decision.bySystem(EXPIRED), 1));
  }

  private List<Undo> payLate() {
    till.bookByHand(till.reference(till.charge));
    return observed();
  }

  private List<Undo> observed() {
    return till.payments.observe(order).undos();
  }

  private RevivalDecision revive() {
    return till.payments.revive(order);
  }

  private String refusal() {
    return revive().refusal().orElseThrow().code();
  }

  private Acceptance accepted() {
    return shop.orders().accept(OrderInput.recover(order));
  }

  private StockLevel stock() {
    return shop.get(StockStore.class).find(article).orElseThrow();
  }

  private void expiredAndPaid() {
    expire();
    assertThat(payLate()).extracting(Undo::forward).containsExactly(receive);
  }

  private void complete() {
    assertThat(reserve(2)).isEqualTo(Outcome.succeeded());
    assertThat(shop.inventory().commit(key(Step.COMMIT, 2))).isEqualTo(Outcome.succeeded());
  }

  @Test
  void itGoesOnFromTheTopPaidByWhatCameLate() {
    expiredAndPaid();

    assertThat(revive()).isEqualTo(RevivalDecision.revived(new Revival(2, receive)));

    Acceptance again = accepted();
    assertThat(again.status()).isEqualTo(OrderStatus.PLACED);
    assertThat(again.reason()).isEmpty();
    assertThat(again.revival()).contains(new Revival(2, receive));
    assertThat(observed()).isEmpty();
    complete();
    assertThat(shop.status(order)).isEqualTo("COMPLETED");
    assertThat(stock()).isEqualTo(new StockLevel(article, 0, 0));
    assertThat(observed()).isEmpty();
    assertThat(till.done("refund")).isEmpty();
  }

  @Test
  void whatIsDecidedStaysSo() {
    expiredAndPaid();
    RevivalDecision first = revive();

    assertThat(revive()).isEqualTo(first);

    complete();
    assertThat(revive()).isEqualTo(first);
    assertThat(
            DATABASE.number(
                "select count(*) from order_decision where wish = 'REVIVE' and order_id = '%s'"
                    .formatted(order)))
        .isEqualTo(1);
  }

  @Test
  void nothingThatCameIsNothingToDecide() {
    expire();
    assertThat(refusal()).isEqualTo("NOTHING_CAME");

    payLate();

    assertThat(revive().revival()).isPresent();
  }

  @Test
  void whatWasRefusedOnceIsGivenBackWhoeverAsksAgain() {
    expiredAndPaid();
    DATABASE.execute(
        "update sales_order set ended_at = now() - interval '61 minutes' where id = '%s'"
            .formatted(order));
    assertThat(refusal()).isEqualTo("TOO_LATE");

    DATABASE.execute("update sales_order set ended_at = now() where id = '%s'".formatted(order));

    assertThat(refusal()).isEqualTo("DECIDED");
    assertThat(observed()).extracting(Undo::forward).containsExactly(receive);
  }

  @Test
  void anOrderWhosePlanDoesNotAllowItStaysAsItIs() {
    place(Shop.paidBy("waits", Shop.document(Shop.line(article, 1))));
    expiredAndPaid();

    assertThat(refusal()).isEqualTo("NOT_ALLOWED");
  }

  @Test
  void itIsNeverRevivedBeforeEverythingIsUndone() {
    reserve(1);
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    UndoPlan begun = beginUndo(OrderStatus.DECLINED, EXPIRED, Decision.bySystem(EXPIRED), 1);
    payLate();

    assertThat(refusal()).isEqualTo("NOT_ENDED");

    carryOut(begun);
    assertThat(refusal()).isEqualTo("DECIDED");
  }

  @Test
  void itIsNeverRevivedAfterAPersonHasCancelledIt() {
    expire();
    beginUndo(OrderStatus.CANCELLED, new Reason("CANCELLED", "so"), CUSTOMER, 1);
    payLate();

    assertThat(refusal()).isEqualTo("ENDED_OTHERWISE");
  }

  @Test
  void anOrderThatEndedOtherwiseIsNotRevived() {
    reserve(1);
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    Reason declined = new Reason("insufficient_funds", "no");
    carryOut(beginUndo(OrderStatus.DECLINED, declined, Decision.bySystem(declined), 1));
    payLate();

    assertThat(refusal()).isEqualTo("ENDED_OTHERWISE");
  }

  @Test
  void moneyWhoseRefundHasBegunRevivesNothing() {
    expire();
    Undo undo = payLate().get(0);
    till.payments.refund(new Reversal(undo.key(), undo.forward()));

    assertThat(refusal()).isEqualTo("NOT_THE_ONLY_ONE");
    assertThat(till.done("refund")).hasSize(1);
  }

  @Test
  void paidTwiceNothingIsRevivedAndBothGoBack() {
    reserve(1);
    StepKey second = till.charge.next();
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    till.wallet(second, "async-never");
    till.payments.close(second);
    carryOut(beginUndo(OrderStatus.DECLINED, EXPIRED, Decision.bySystem(EXPIRED), 1));
    till.bookByHand(till.reference(second));
    payLate();

    assertThat(refusal()).isEqualTo("NOT_THE_ONLY_ONE");
    assertThat(observed()).extracting(Undo::forward).containsExactly(receive.next(), receive);
  }

  @Test
  void aSecondPaymentOfARevivedOrderGoesBackAndTheOneItStandsOnDoesNot() {
    reserve(1);
    StepKey second = till.charge.next();
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    till.wallet(second, "async-never");
    till.payments.close(second);
    carryOut(beginUndo(OrderStatus.DECLINED, EXPIRED, Decision.bySystem(EXPIRED), 1));
    payLate();
    revive();
    complete();

    till.bookByHand(till.reference(second));

    List<Undo> undos = observed();
    assertThat(undos).extracting(Undo::forward).containsExactly(receive.next());
    till.payments.refund(new Reversal(undos.get(0).key(), undos.get(0).forward()));
    assertThat(observed()).isEmpty();
    assertThat(till.done("refund")).hasSize(1);
  }

  /** One who has not heard of the decision, and would give the money back. */
  @Test
  void whatTheOrderStandsOnIsNotGivenBackAsIfItWereUnasked() {
    expire();
    Undo undo = payLate().get(0);
    revive();

    assertThat(
            failure(() -> till.payments.refund(new Reversal(undo.key(), undo.forward())))
                .getOriginalMessage())
        .contains("REVIVED");

    assertThat(till.done("refund")).isEmpty();
    assertThat(till.ledger.find(undo.key())).isEmpty();
    complete();
  }

  @RepeatedTest(5)
  void ofADecisionAndARefundAtOnceOneSeesTheOther() {
    expire();
    Undo undo = payLate().get(0);

    Callable<Boolean> revived = () -> revive().revival().isPresent();
    Callable<Boolean> returned =
        () -> {
          till.payments.refund(new Reversal(undo.key(), undo.forward()));
          return true;
        };
    List<AtOnce.Result<Boolean>> results = AtOnce.run(List.of(revived, returned));

    boolean goesOn = results.get(0).value();
    boolean wasReturned = results.get(1).failure() == null;
    assertThat(goesOn).isNotEqualTo(wasReturned);
    assertThat(till.done("refund")).hasSize(wasReturned ? 1 : 0);
  }

  @RepeatedTest(3)
  void twoReportsAtOnceReviveItOnce() {
    expire();
    payLate();

    List<AtOnce.Result<RevivalDecision>> results =
        AtOnce.run(List.of(this::revive, this::revive, this::revive));

    assertThat(results)
        .allSatisfy(
            result -> assertThat(result.value().revival()).contains(new Revival(2, receive)));
  }

  @Test
  void theStoryBeforeDoesNotTakeItBack() {
    expiredAndPaid();
    revive();

    UndoPlan late = beginUndo(OrderStatus.DECLINED, EXPIRED, Decision.bySystem(EXPIRED), 1);
    shop.orders().end(new Ending(order, OrderStatus.DECLINED, EXPIRED));

    assertThat(late.refusal().orElseThrow().code()).isEqualTo(Revival.REVIVED);
    assertThat(late.undos()).isEmpty();
    assertThat(accepted().status()).isEqualTo(OrderStatus.PLACED);
    complete();
  }

  @Test
  void noKeyOfTheGenerationBeforeLandsAnyMore() {
    expiredAndPaid();
    revive();

    assertThat(failure(() -> shop.inventory().commit(key(Step.COMMIT, 1))).getType())
        .isEqualTo("NOT_EXECUTED");
    assertThat(shop.pin(order).orElseThrow().code()).isEqualTo(Reason.FENCED);
    complete();
  }

  @Test
  void soldMeanwhileItIsTakenBackAndWhatCameGoesBackWithANotice() {
    expiredAndPaid();
    OrderId faster = shop.reserved(article, 1);
    revive();

    Outcome outcome = reserve(2);

    Reason why = outcome.reason().orElseThrow();
    assertThat(why.code()).isEqualTo("OUT_OF_STOCK");
    UndoPlan plan = beginUndo(OrderStatus.REJECTED, why, Decision.bySystem(why), 2);
    assertThat(plan.undos()).extracting(Undo::forward).containsExactly(receive);
    assertThat(plan.notice()).contains(key(Step.RETURN_NOTICE, plan.undos().get(0).key().n()));
    carryOut(plan);
    assertThat(shop.status(order)).isEqualTo("REJECTED");
    assertThat(till.done("refund")).hasSize(1);
    assertThat(shop.pin(faster)).isEmpty();
    // Asked again by a run that begins again: the same message, and nothing to undo.
    UndoPlan again = beginUndo(OrderStatus.FAILED, why, Decision.bySystem(why), 2);
    assertThat(again.undos()).isEmpty();
    assertThat(again.notice()).isEqualTo(plan.notice());
    assertThat(again.ending()).isEqualTo(OrderStatus.REJECTED);
    assertThat(observed()).isEmpty();
  }

  @Test
  void cancelledOnItsWayOnlyTheSecondGenerationIsUndone() {
    expiredAndPaid();
    revive();
    reserve(2);

    UndoPlan plan = beginUndo(OrderStatus.CANCELLED, new Reason("CANCELLED", "so"), CUSTOMER, 2);

    assertThat(plan.undos())
        .containsExactlyInAnyOrder(
            new Undo(key(Step.RELEASE, 2), key(Step.RESERVE, 2)),
            new Undo(key(Step.REFUND, 1), receive));
    assertThat(failure(() -> shop.inventory().commit(key(Step.COMMIT, 2))).getType())
        .isEqualTo("NOT_EXECUTED");
    carryOut(plan);
    assertThat(stock()).isEqualTo(new StockLevel(article, 1, 0));
    assertThat(shop.status(order)).isEqualTo("CANCELLED");
    assertThat(till.done("refund")).hasSize(1);
  }

  @Test
  void takenBackAfterItWasCompletedEverythingIsUndone() {
    expiredAndPaid();
    revive();
    complete();

    UndoPlan plan = beginUndo(OrderStatus.REFUNDED, new Reason("CANCELLED", "so"), CUSTOMER, 1);

    assertThat(plan.ending()).isEqualTo(OrderStatus.REFUNDED);
    carryOut(plan);
    assertThat(stock()).isEqualTo(new StockLevel(article, 1, 0));
    assertThat(till.done("refund")).hasSize(1);
    assertThat(observed()).isEmpty();
  }

  @Test
  void itsRefundsGoAgainstWhatItStandsOn() {
    expiredAndPaid();
    revive();
    complete();
    RefundRequest request =
        new RefundRequest("r-1", new RefundRequest.Amount(Money.parse("EUR 2.34")), CUSTOMER);

    var decided = till.payments.decideRefund(new RefundWish(order, request, Optional.empty()));

    StepKey refund = decided.refund().orElseThrow().key();
    assertThat(decided.refund().orElseThrow().forward()).isEqualTo(receive);
    assertThat(till.payments.giveBack(refund).state()).isEqualTo(Outcome.State.SUCCEEDED);
    PaymentBalance balance = till.payments.balance(order).orElseThrow();
    assertThat(balance.captured()).isEqualTo(Money.parse("EUR 12.34"));
    assertThat(balance.left()).isEqualTo(Money.parse("EUR 10.00"));
    assertThat(observed()).isEmpty();
  }

  @Test
  void itsReservationDoesNotLapse() {
    expiredAndPaid();
    revive();
    reserve(2);
    shop.age(order, Duration.ofDays(1));

    shop.sweep();

    assertThat(shop.inventory().commit(key(Step.COMMIT, 2))).isEqualTo(Outcome.succeeded());
  }

  @Test
  void itsCouponIsHeldAgainAndRedeemed() {
    String code = "LATE-" + UUID.randomUUID();
    shop.get(CouponStore.class)
        .create(CouponIssue.of(code, new Discounts.Amount(Money.parse("EUR 0.01")), 1));
    shop.sells(article, "12.35", 1);
    place(Shop.withCoupon(Shop.paidBy("revives", Shop.document(Shop.line(article, 1))), code));
    hold(code, 1);
    expiredAndPaid();
    revive();

    assertThat(hold(code, 2)).isEqualTo(Outcome.succeeded());
    assertThat(hold(code, 2)).isEqualTo(Outcome.succeeded());
    shop.age(order, Duration.ofDays(1));
    shop.sweep();
    complete();
    assertThat(shop.coupons().redeem(key(Step.COUPON_REDEEM, 2))).isEqualTo(Outcome.succeeded());
    assertThat(DATABASE.number("select uses_taken from coupon where code = '" + code + "'"))
        .isEqualTo(1);
  }

  @Test
  void aCouponThatIsUsedUpMeanwhileIsNotHeldAgain() {
    String code = "GONE-" + UUID.randomUUID();
    shop.get(CouponStore.class)
        .create(CouponIssue.of(code, new Discounts.Percent(BigDecimal.TEN), 1));
    hold(code, 1);
    expire();
    OrderId another = OrderId.ofKey(UUID.randomUUID().toString());
    shop.coupons()
        .hold(
            new CouponActivities.Hold(StepKey.of(another, Step.COUPON_HOLD), code, Shop.CUSTOMER));

    assertThat(hold(code, 2).reason().orElseThrow().code()).isEqualTo("COUPON_USED_UP");
  }

  private Outcome hold(String code, int generation) {
    return shop.coupons()
        .hold(new CouponActivities.Hold(key(Step.COUPON_HOLD, generation), code, Shop.CUSTOMER));
  }

  /** Asked last, and declined, was another channel than the one whose money came late. */
  @Test
  void whoCarriesItOnHearsWhichChannelTookWhatItIsPaidWith() {
    reserve(1);
    till.wallet(till.charge, "async-never");
    till.payments.close(till.charge);
    till.charge(till.charge.next(), SandboxChannel.NAME, "decline:insufficient_funds");
    carryOut(beginUndo(OrderStatus.DECLINED, EXPIRED, Decision.bySystem(EXPIRED), 1));
    assertThat(accepted().paidBy()).contains(SandboxChannel.NAME);

    payLate();
    revive();

    assertThat(accepted().paidBy()).contains(SandboxChannel.WALLET);
  }
}
