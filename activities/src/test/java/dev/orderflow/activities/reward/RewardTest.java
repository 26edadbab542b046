package dev.orderflow.activities.reward;

import static dev.orderflow.activities.Shop.document;
import static dev.orderflow.activities.Shop.line;
import static dev.orderflow.activities.Shop.withCoupon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.coupon.Coupon;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.reward.RewardActivities.Grant;
import dev.orderflow.workflows.reward.RewardActivities.Revocation;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RewardTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static Shop shop;

  private Grant grant;

  @BeforeAll
  static void open() {
    Campaign thanks =
        new Campaign(
            "thanks", Optional.of(new BigDecimal("15")), Optional.empty(), Duration.ofDays(30));
    shop = new Shop(database, Shop.Config.usual().with(new RewardConfig(List.of(thanks))));
    shop.sells("mug", "10.00", 10);
  }

  @BeforeEach
  void aGrant() {
    OrderId order = OrderId.ofKey("order " + NUMBER.incrementAndGet());
    grant = new Grant(StepKey.of(order, Step.GRANT), "thanks", Shop.CUSTOMER);
  }

  private Outcome revoke() {
    StepKey key = StepKey.of(grant.key().order(), Step.REVOKE);
    return shop.rewards().revoke(new Revocation(key, grant.key()));
  }

  private static long granted() {
    return database.number("select count(*) from coupon where campaign = 'thanks'");
  }

  @Test
  void aGrantIsOnePersonalCouponHoweverOftenItIsRepeated() {
    long before = granted();
    Callable<Outcome> copy = () -> shop.rewards().grant(grant);
    List<AtOnce.Result<Outcome>> results = AtOnce.run(Collections.nCopies(4, copy));
    Outcome outcome = shop.rewards().grant(grant);
    assertThat(results).containsOnly(new AtOnce.Result<>(outcome, null));
    assertThat(granted()).isEqualTo(before + 1);
    String code = outcome.reference().orElseThrow();
    assertThat(code).matches("thanks-[2-9A-Z]{16}");
    Coupon coupon = shop.get(CouponStore.class).find(code).orElseThrow();
    assertThat(coupon.customer()).contains(Shop.CUSTOMER);
    assertThat(coupon.usesAllowed()).isEqualTo(1);
    assertThat(Duration.between(coupon.validFrom(), coupon.validUntil().orElseThrow()))
        .isEqualTo(Duration.ofDays(30));
  }

  @Test
  void theGrantedCouponTakesSomethingOffTheNextOrder() {
    String code = shop.rewards().grant(grant).reference().orElseThrow();
    OrderPlan plan = shop.accept(withCoupon(document(line("mug", 1)), code)).plan().orElseThrow();
    assertThat(plan.total()).isEqualTo(Money.parse("EUR 8.50"));
  }

  @Test
  void aRevokedCouponIsOfNoUse() {
    String code = shop.rewards().grant(grant).reference().orElseThrow();
    assertThat(revoke()).isEqualTo(revoke()).isEqualTo(Outcome.succeeded());
    assertThat(
            shop.accept(withCoupon(document(line("mug", 1)), code)).reason().orElseThrow().code())
        .isEqualTo("COUPON_EXPIRED");
  }

  @Test
  void revokingSucceedsWhereNothingWasGranted() {
    assertThat(revoke()).isEqualTo(Outcome.succeeded());
  }

  @Test
  void anUnknownCampaignGrantsNothing() {
    Outcome outcome = shop.rewards().grant(new Grant(grant.key(), "forgotten", Shop.CUSTOMER));
    assertThat(outcome.reason().orElseThrow().code()).isEqualTo("CAMPAIGN_UNKNOWN");
  }

  @Test
  void aCampaignIsWorthOneThing() {
    assertThatThrownBy(() -> new Campaign("both", Optional.empty(), Optional.empty(), null))
        .hasMessage("both: needs either percent or amount");
    assertThatThrownBy(
            () -> new Campaign("much", Optional.of(new BigDecimal("101")), Optional.empty(), null))
        .hasMessage("percent: 101 is not above 0 to 100");
  }
}
