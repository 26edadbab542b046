package dev.orderflow.activities.coupon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.coupon.CouponActivities.Hold;
import dev.orderflow.workflows.coupon.CouponActivities.Release;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CouponTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Discounts.Percent TEN_PERCENT = new Discounts.Percent(BigDecimal.TEN);
  private static Shop shop;

  private String code;
  private OrderId order;

  @BeforeAll
  static void open() {
    shop = Shop.usual(database);
  }

  @BeforeEach
  void twoUses() {
    code = "CODE-" + NUMBER.incrementAndGet();
    shop.get(CouponStore.class).create(CouponIssue.of(code, TEN_PERCENT, 2));
    order = anOrder();
  }

  private static OrderId anOrder() {
    return OrderId.ofKey("order " + NUMBER.incrementAndGet());
  }

  private Outcome hold(OrderId by) {
    return shop.coupons().hold(new Hold(key(by, Step.COUPON_HOLD), code, Shop.CUSTOMER));
  }

  private static Outcome release(OrderId by) {
    return shop.coupons()
        .release(new Release(key(by, Step.COUPON_RELEASE), key(by, Step.COUPON_HOLD)));
  }

  private static Outcome redeem(OrderId by) {
    return shop.coupons().redeem(key(by, Step.COUPON_REDEEM));
  }

  private static StepKey key(OrderId order, Step step) {
    return StepKey.of(order, step);
  }

  private int taken() {
    return shop.get(CouponStore.class).find(code).orElseThrow().usesTaken();
  }

  private static String codeOf(Outcome declined) {
    assertThat(declined.isDeclined()).isTrue();
    return declined.reason().orElseThrow().code();
  }

  @Test
  void aUseIsHeldOnceRedeemedOnceAndGivenBackOnce() {
    assertThat(hold(order)).isEqualTo(hold(order)).isEqualTo(Outcome.succeeded());
    assertThat(taken()).isEqualTo(1);
    assertThat(redeem(order)).isEqualTo(redeem(order)).isEqualTo(Outcome.succeeded());
    assertThat(taken()).isEqualTo(1);
    assertThat(release(order)).isEqualTo(release(order)).isEqualTo(Outcome.succeeded());
    assertThat(taken()).isZero();
  }

  @Test
  void theSameKeyForAnotherCouponIsRefused() {
    hold(order);
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                shop.coupons()
                    .hold(new Hold(key(order, Step.COUPON_HOLD), "OTHER", Shop.CUSTOMER)));
    assertThat(failure.getType()).isEqualTo("KEY_REUSED");
  }

  @RepeatedTest(5)
  void copiesAtOnceHoldOnce() {
    Callable<Outcome> copy = () -> hold(order);
    assertThat(AtOnce.run(Collections.nCopies(4, copy)))
        .containsOnly(new AtOnce.Result<>(Outcome.succeeded(), null));
    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void ofManyOrdersAtOnceOnlyAsManyAsAllowedGetAUse() {
    List<Callable<Outcome>> orders = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      OrderId one = anOrder();
      orders.add(() -> hold(one));
    }
    List<AtOnce.Result<Outcome>> results = AtOnce.run(orders);
    assertThat(results).filteredOn(r -> !r.value().isDeclined()).hasSize(2);
    assertThat(results)
        .filteredOn(r -> r.value().isDeclined())
        .allMatch(r -> codeOf(r.value()).equals("COUPON_USED_UP"));
    assertThat(taken()).isEqualTo(2);
  }

  @Test
  void aUseGivenBackServesAnotherOrder() {
    hold(order);
    hold(anOrder());
    assertThat(codeOf(hold(anOrder()))).isEqualTo("COUPON_USED_UP");
    release(order);
    assertThat(hold(anOrder())).isEqualTo(Outcome.succeeded());
  }

  @Test
  void nothingHeldIsNothingToReleaseAndCannotBeRedeemed() {
    assertThat(release(order)).isEqualTo(Outcome.succeeded());
    assertThat(codeOf(redeem(order))).isEqualTo("COUPON_USE_LOST");
    assertThat(taken()).isZero();
  }

  @Test
  void acouponThatIsNotThisCustomersIsUnknownToThem() {
    String personal = code + "-p";
    shop.get(CouponStore.class)
        .create(
            new CouponIssue(
                personal,
                Optional.empty(),
                TEN_PERCENT,
                Optional.empty(),
                1,
                Optional.of(new CustomerId("c-2"))));
    Hold foreign = new Hold(key(order, Step.COUPON_HOLD), personal, Shop.CUSTOMER);
    assertThat(codeOf(shop.coupons().hold(foreign))).isEqualTo("COUPON_UNKNOWN");
    Hold own = new Hold(key(anOrder(), Step.COUPON_HOLD), personal, new CustomerId("c-2"));
    assertThat(shop.coupons().hold(own)).isEqualTo(Outcome.succeeded());
  }

  @Test
  void anExpiredOrUnknownCouponIsNotHeld() {
    database.execute(
        "update coupon set valid_from = now() - interval '2 days', valid_until = now() - interval"
            + " '1 day' where code = '"
            + code
            + "'");
    assertThat(codeOf(hold(order))).isEqualTo("COUPON_EXPIRED");
    Hold unknown = new Hold(key(anOrder(), Step.COUPON_HOLD), "NOBODYS", Shop.CUSTOMER);
    assertThat(codeOf(shop.coupons().hold(unknown))).isEqualTo("COUPON_UNKNOWN");
  }

  @Test
  void aHoldLapsesUnlessItIsPinned() {
    OrderId paying = anOrder();
    hold(order);
    hold(paying);
    assertThat(shop.pin(paying)).isEmpty();
    shop.age(order, Duration.ofHours(1));
    shop.age(paying, Duration.ofHours(1));
    assertThat(shop.sweep()).isEqualTo(1);
    assertThat(taken()).isEqualTo(1);
    assertThat(shop.pin(order).orElseThrow().code()).isEqualTo("COUPON_HOLD_EXPIRED");
    assertThat(codeOf(redeem(order))).isEqualTo("COUPON_USE_LOST");
    assertThat(redeem(paying)).isEqualTo(Outcome.succeeded());
  }

  @RepeatedTest(10)
  void sweepAndPinAtOnceAgreeWhoHasIt() {
    hold(order);
    shop.age(order, Duration.ofHours(1));
    List<AtOnce.Result<Object>> results =
        AtOnce.<Object>run(List.of(() -> shop.pin(order), () -> shop.sweep()));
    assertThat(results).allMatch(result -> result.failure() == null);
    boolean pinned = results.get(0).value().equals(Optional.empty());
    shop.sweep();
    assertThat(taken()).isEqualTo(pinned ? 1 : 0);
  }

  @Test
  void theDatabaseItselfRefusesWhatMustNeverBe() {
    hold(order);
    String mine = " where code = '" + code + "'";
    refused("update coupon set uses_taken = 3" + mine);
    refused("update coupon set uses_taken = -1" + mine);
    refused("update coupon set amount = 1" + mine);
    refused(
        "insert into coupon_use (order_id, code, expires_at) values ('%s', '%s', now())"
            .formatted(order, code));
  }

  private static void refused(String sql) {
    assertThatThrownBy(() -> database.execute(sql)).isInstanceOf(JdbiException.class);
  }

  @Test
  void aCodeIsMadeOnce() {
    CouponStore store = shop.get(CouponStore.class);
    assertThatThrownBy(() -> store.create(CouponIssue.of(code, TEN_PERCENT, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(code);
    assertThat(store.list(Optional.empty(), 10)).extracting(Coupon::code).contains(code);
  }

  @Test
  void couponsAreListedPageByPageTheNewestFirst() {
    CouponStore store = shop.get(CouponStore.class);
    store.create(CouponIssue.of(code + "-a", TEN_PERCENT, 1));
    store.create(CouponIssue.of(code + "-b", TEN_PERCENT, 1));
    assertThat(store.list(Optional.empty(), 1)).extracting(Coupon::code).containsOnly(code + "-b");
    assertThat(store.list(Optional.of(code + "-b"), 2))
        .extracting(Coupon::code)
        .containsExactly(code + "-a", code);
  }
}
