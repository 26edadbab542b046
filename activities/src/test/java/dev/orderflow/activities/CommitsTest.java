package dev.orderflow.activities;

import static dev.orderflow.activities.Shop.document;
import static dev.orderflow.activities.Shop.line;
import static dev.orderflow.activities.Shop.reservation;
import static dev.orderflow.activities.Shop.withCoupon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.ledger.Ledger;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.activities.reward.Campaign;
import dev.orderflow.activities.reward.RewardConfig;
import dev.orderflow.workflows.coupon.CouponActivities.Hold;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.reward.RewardActivities.Grant;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each effect is one commit, and a crash before it leaves nothing behind. */
class CommitsTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static Shop shop;
  private static Observed transactions;

  /** Counts commits, and fails before one on demand. */
  static final class Observed extends Transactions {
    int commits;
    boolean crashing;

    @Inject
    Observed(Jdbi jdbi) {
      super(jdbi);
    }

    @Override
    public <T> T in(Function<Handle, T> work) {
      T done =
          super.in(
              tx -> {
                T result = work.apply(tx);
                if (crashing) {
                  throw new IllegalStateException("crash");
                }
                return result;
              });
      commits++;
      return done;
    }
  }

  @BeforeAll
  static void open() {
    Module observed =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Transactions.class).to(Observed.class).asEagerSingleton();
          }
        };
    Campaign thanks = new Campaign("thanks", Optional.of(BigDecimal.TEN), Optional.empty(), null);
    shop =
        new Shop(database, Shop.Config.usual().with(new RewardConfig(List.of(thanks))), observed);
    transactions = (Observed) shop.get(Transactions.class);
    shop.sells("mug", "12.50", 100);
    shop.get(CouponStore.class)
        .create(CouponIssue.of("TEN", new Discounts.Percent(BigDecimal.TEN), 100));
  }

  @BeforeEach
  void countAnew() {
    transactions.commits = 0;
    transactions.crashing = false;
  }

  private static StepKey key(OrderId order, Step step) {
    return StepKey.of(order, step);
  }

  @Test
  void everyEffectOfAHealthyOrderIsOneCommit() {
    OrderDocument document = withCoupon(document(line("mug", 1)), "TEN");
    OrderId order = OrderId.ofKey(document.key());
    shop.accept(document);
    assertThat(transactions.commits).as("accept").isEqualTo(1);
    shop.coupons().hold(new Hold(key(order, Step.COUPON_HOLD), "TEN", Shop.CUSTOMER));
    assertThat(transactions.commits).as("hold").isEqualTo(2);
    shop.inventory().reserve(reservation(order, "mug", 1));
    assertThat(transactions.commits).as("reserve").isEqualTo(3);
    shop.inventory().commit(key(order, Step.COMMIT));
    assertThat(transactions.commits).as("commit").isEqualTo(4);
    shop.coupons().redeem(key(order, Step.COUPON_REDEEM));
    assertThat(transactions.commits).as("redeem").isEqualTo(5);
    shop.rewards().grant(new Grant(key(order, Step.GRANT), "thanks", Shop.CUSTOMER));
    assertThat(transactions.commits).as("grant").isEqualTo(6);
    assertThat(shop.status(order)).isEqualTo("COMPLETED");
  }

  @Test
  void aCrashBeforeTheCommitLeavesNothingAndTheRepeatDoesItAll() {
    OrderId order = shop.reserved("mug", 1);
    StepKey commit = key(order, Step.COMMIT);
    transactions.crashing = true;
    assertThatThrownBy(() -> shop.inventory().commit(commit)).hasMessage("crash");
    assertThatThrownBy(() -> shop.beginUndo(order, OrderStatus.FAILED)).hasMessage("crash");
    transactions.crashing = false;
    assertThat(shop.get(Ledger.class).find(commit)).isEmpty();
    assertThat(shop.status(order)).isEqualTo("PLACED");
    assertThat(shop.inventory().commit(commit)).isEqualTo(Outcome.succeeded());
    assertThat(shop.status(order)).isEqualTo("COMPLETED");
  }

  @Test
  void anErrorOfTheDatabaseShowsNobodysNameAddressOrToken() {
    OrderDocument document = document(line("mug", 1));
    database.execute("alter table sales_order add constraint broken check (id = '') not valid");
    Throwable failure = catchThrowable(() -> shop.accept(document));
    database.execute("alter table sales_order drop constraint broken");
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    assertThat(text.toString())
        .contains("broken")
        .doesNotContain(document.recipient().email(), document.payment().token());
  }
}
