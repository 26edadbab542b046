package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.api.enums.v1.EventType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing goes wrong. */
class HealthyOrderTest {

  @RegisterExtension final Shop shop = new Shop();

  static Stream<Arguments> baskets() {
    return Stream.of(
        Arguments.of(Basket.plain("healthy"), 12),
        Arguments.of(Basket.plain("healthy-coupon").withCoupon(), 14),
        Arguments.of(Basket.plain("healthy-reward").withReward(), 13),
        Arguments.of(Basket.rich("healthy-rich"), 15),
        Arguments.of(Basket.plain("healthy-free").free(), 11));
  }

  @ParameterizedTest
  @MethodSource("baskets")
  void anOrderIsCompletedWithinOneWorkflowTaskAndFewEvents(Basket basket, int most) {
    TestOrder order = shop.order(basket).place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)).isOne();
    assertThat(order.history()).hasSizeLessThanOrEqualTo(most);
    assertThat(order.regularActivities()).isEmpty();
    assertThat(order.attempts(Call.CONFIRM)).isOne();
  }

  @Test
  void aFreeOrderCallsNoChannel() {
    TestOrder order = shop.order(Basket.plain("free").free()).place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.CHARGE)).isZero();
    assertThat(order.attempts(Call.AUTHORIZE)).isZero();
  }

  @Test
  void anOrderAboveTheThresholdWaitsForApprovalBeforeItIsCaptured() {
    TestOrder order = shop.order(Basket.rich("held").withHold()).place();
    OrderView waiting = order.awaitStatus(OrderStatus.ON_HOLD);
    assertThat(waiting.review().orElseThrow().choices())
        .containsExactlyInAnyOrder(Review.Choice.APPROVE, Review.Choice.DENY);
    assertThat(order.attempts(Call.CAPTURE)).isZero();

    assertThat(order.decide(Review.Choice.APPROVE).join().status())
        .isEqualTo(OrderStatus.COMPLETED);

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.attempts(Call.CHARGE)).isZero();
    assertThat(shop.ledger().decisions(order.id())).hasSize(1);
    assertThat(order.channel()).isEqualTo(Basket.CHANNEL);
  }

  @Test
  void whoeverReviewsAnOrderThatRiskHoldsReadsWhy() {
    Reason risk = new Reason("VELOCITY", "more than 2 orders of one customer within 1h");
    TestOrder order = shop.order(Basket.rich("held-by-risk").heldFor(risk)).place();

    OrderView waiting = order.awaitStatus(OrderStatus.ON_HOLD);

    assertThat(waiting.review().orElseThrow().reason()).isEqualTo(risk);
    assertThat(waiting.reason()).contains(risk);
    assertThat(order.attempts(Call.CAPTURE)).isZero();
    order.decide(Review.Choice.DENY).join();
    order.ends(OrderStatus.REJECTED);
  }
}
