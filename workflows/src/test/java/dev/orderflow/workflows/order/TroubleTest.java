package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A step is in trouble for a while, and the order is completed all the same. */
class TroubleTest {

  /** More than the attempts within the workflow task. */
  private static final int MANY = 5;

  @RegisterExtension final Shop shop = new Shop();

  @ParameterizedTest
  @EnumSource(
      names = {
        "ACCEPT",
        "COUPON_HOLD",
        "RESERVE",
        "CHARGE",
        "COMMIT",
        "COUPON_REDEEM",
        "GRANT",
        "CONFIRM"
      })
  void aStepInTroubleMovesToTheServerAloneAndTheOrderIsCompleted(Call call) {
    TestOrder order =
        shop.order(Basket.rich("trouble-" + call)).with(call, Trouble.failing(MANY)).place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.regularActivities()).containsExactly(call.type());
    assertThat(order.attempts(call)).isEqualTo(MANY + 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCEPT", "AUTHORIZE", "OPEN_REVIEW", "CLOSE_REVIEW", "CAPTURE", "COMMIT"})
  void soItIsWithAnOrderOnHold(Call call) {
    TestOrder order =
        shop.order(Basket.plain("held-trouble-" + call).withHold())
            .with(call, Trouble.failing(MANY))
            .place();
    order.awaitHold();
    order.decide(Review.Choice.APPROVE);

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.regularActivities()).containsExactly(call.type());
  }

  /** Denied; then an undo is refused, and accepted as done. */
  @ParameterizedTest
  @EnumSource(names = {"BEGIN_UNDO", "OPEN_REVIEW", "CLOSE_REVIEW", "ACCEPT_AS_DONE", "END"})
  void soItIsWithWhatIsRecordedAboutAnUndo(Call call) {
    TestOrder order =
        shop.order(Basket.rich("undo-trouble-" + call).withHold())
            .with(Call.RELEASE, Trouble.declined("SHELF_GONE"))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    order.with(call, Trouble.failingFrom(order.attempts(call) + 1, MANY));
    order.decide(Review.Choice.DENY);
    order.awaitReviewOf(Step.RELEASE);
    order.decide(Review.Choice.ACCEPT);

    order.ends(OrderStatus.REJECTED);

    assertThat(order.regularActivities()).contains(call.type()).allMatch(call.type()::equals);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "ACCEPT",
        "COUPON_HOLD",
        "RESERVE",
        "CHARGE",
        "COMMIT",
        "COUPON_REDEEM",
        "GRANT",
        "CONFIRM"
      })
  void aStepWhoseAnswersAreLostIsDoneOnce(Call call) {
    TestOrder order =
        shop.order(Basket.rich("unseen-" + call)).with(call, Trouble.landingUnseen(MANY)).place();

    order.ends(OrderStatus.COMPLETED);
  }

  @Test
  void aShortTroubleStaysWithinTheWorkflowTask() {
    TestOrder order =
        shop.order(Basket.plain("short-trouble")).with(Call.CHARGE, Trouble.failing(2)).place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.regularActivities()).isEmpty();
    assertThat(order.count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)).isOne();
  }

  @Test
  void anAttemptThatMustWaitLongerThanTheBudgetMovesToTheServerAtOnce() {
    TestOrder order =
        shop.order(Basket.plain("long-wait"))
            .with(Call.CHARGE, Trouble.atWork(1, Duration.ofSeconds(30)))
            .place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.CHARGE)).isEqualTo(2);
    assertThat(order.regularActivities()).containsExactly(Call.CHARGE.type());
  }

  /** Of a channel that is drained between the order and its payment, for one. */
  @Test
  void whatADurableAttemptSaysWillNeverBeIsRejectedAsAtTheDoor() {
    TestOrder order =
        shop.order(Basket.rich("drained"))
            .with(Call.CHARGE, Trouble.neverFrom(4, Reason.CHANNEL_DRAINED))
            .place();

    OrderView view = order.ends(OrderStatus.REJECTED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo(Reason.CHANNEL_DRAINED);
    assertThat(order.regularActivities()).containsExactly(Call.CHARGE.type());
  }

  @Test
  void withoutABudgetEveryStepIsRegular() {
    TestOrder order = shop.order(Basket.rich("no-budget").withLocalBudget(Duration.ZERO)).place();

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.regularActivities())
        .contains(Call.RESERVE.type(), Call.CHARGE.type(), Call.COMMIT.type());
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_REDEEM", "GRANT", "CONFIRM"})
  void aFollowUpThatIsGivenUpHoldsBackNothing(Call call) {
    TestOrder order =
        shop.order(Basket.rich("given-up-" + call)).with(call, Trouble.never("GONE")).place();

    OrderView view = order.ends(OrderStatus.COMPLETED);

    assertThat(view.steps())
        .filteredOn(step -> Call.of(step.key().step()) == call)
        .singleElement()
        .satisfies(step -> assertThat(step.outcome().reason().orElseThrow().code()).isNotEmpty());
  }

  @Test
  void aConfirmationThatCannotBeSentForTwoDaysIsGivenUp() {
    TestOrder order =
        shop.order(Basket.plain("no-mail")).with(Call.CONFIRM, Trouble.failingAlways()).place();
    order.awaitStatus(OrderStatus.COMPLETED);

    order.ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.CONFIRM)).isBetween(15, 30);
  }
}
