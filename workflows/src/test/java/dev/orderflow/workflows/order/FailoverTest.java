package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.fakes.Wallet;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several channels: the next one is tried only where the former certainly did nothing. */
class FailoverTest {

  private static final String SECOND = "second-bank";

  @RegisterExtension final Shop shop = new Shop();

  @Test
  void theNextChannelTakesWhatTheFirstCertainlyDidNot() {
    TestOrder order =
        shop.order(Basket.rich("failover").by(Basket.CHANNEL, SECOND))
            .with(Call.CHARGE, Trouble.failing(3))
            .place();

    OrderView view = order.ends(OrderStatus.COMPLETED);

    assertThat(view.paidBy()).contains(SECOND);
    assertThat(order.channel()).isEqualTo(SECOND);
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(4);
    assertThat(order.attempts(Call.CLOSE)).isOne();
    assertThat(order.regularActivities()).isEmpty();
  }

  @Test
  void anAuthorizationFailsOverAndIsTheOneThatIsCaptured() {
    TestOrder order =
        shop.order(Basket.rich("failover-held").by(Basket.CHANNEL, SECOND).withHold())
            .with(Call.AUTHORIZE, Trouble.failing(3))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);

    order.decide(Review.Choice.APPROVE).join();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aChannelInDoubtKeepsThePayment() {
    TestOrder order =
        shop.order(Basket.rich("failover-doubt").by(Basket.CHANNEL, SECOND))
            .with(Call.CHARGE, Trouble.landingUnseen(5))
            .place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.CLOSE)).isZero();
    assertThat(order.regularActivities()).containsOnly(Call.CHARGE.type());
  }

  @Test
  void aChannelThatDeclinesKeepsThePayment() {
    TestOrder order =
        shop.order(Basket.rich("failover-declined").by(Basket.CHANNEL, SECOND))
            .with(Call.CHARGE, Trouble.declined("stolen_card"))
            .place();

    order.ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.CHARGE)).isOne();
  }

  /** Without quick attempts only a durable one can say so. */
  @Test
  void aDrainedChannelPassesThePaymentOnWhoeverSaysSo() {
    Trouble firstIsDrained =
        new Trouble() {
          @Override
          public void before(StepKey key, int attempt) {
            if (key.n() == 1) {
              throw StepFailure.never(key, new Reason(Reason.CHANNEL_DRAINED, "on purpose"));
            }
          }
        };
    TestOrder order =
        shop.order(
                Basket.plain("failover-drained")
                    .by(Basket.CHANNEL, SECOND)
                    .withLocalBudget(Duration.ZERO))
            .with(Call.CHARGE, firstIsDrained)
            .place();

    OrderView view = order.ends(OrderStatus.COMPLETED);

    assertThat(view.paidBy()).contains(SECOND);
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(2);
  }

  /** Another copy's attempt landed while this one found nobody. */
  @Test
  void whatCantBeClosedAtOnceIsClosedDurably() {
    TestOrder order =
        shop.order(Basket.rich("failover-closing").by(Basket.CHANNEL, SECOND))
            .with(Call.CHARGE, Trouble.failing(3))
            .with(Call.CLOSE, Trouble.failing(5))
            .place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.regularActivities()).containsOnly(Call.CLOSE.type());
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(4);
  }

  @Test
  void theLastChannelIsTriedAsLongAsTheOnlyOne() {
    TestOrder order =
        shop.order(Basket.rich("failover-last").by(Basket.CHANNEL, SECOND))
            .with(Call.CHARGE, Trouble.failing(9))
            .place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.regularActivities()).containsOnly(Call.CHARGE.type());
    assertThat(order.attempts(Call.CLOSE)).isOne();
  }

  @Test
  void aFailoverCostsTheCustomerNoAttempt() {
    TestOrder order =
        shop.order(Basket.plain("failover-wallet").awaited().by("first-wallet", Wallet.CHANNEL))
            .with(Call.CHARGE, Trouble.failing(3))
            .place();
    order.awaitStatus(OrderStatus.AWAITING_PAYMENT);

    order.pay(Wallet.CHANNEL, "tok_2").join();
    order.pay(Wallet.CHANNEL, "tok_3").join();

    order.customerPays().reported().ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(6);
  }
}
