package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Gate;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.saga.Reason;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cancel arrives while a local activity is at work. The server then drops the workflow task with
 * all it recorded, and the story begins again with the cancel delivered first: only the ledger
 * knows what was done.
 */
class CancelMidTaskTest {

  private enum Message {
    UPDATE {
      @Override
      void send(TestOrder order) {
        order.cancel();
      }
    },
    TEMPORALS_OWN {
      @Override
      void send(TestOrder order) {
        order.workflow().cancel();
      }
    };

    abstract void send(TestOrder order);
  }

  private enum Moment {
    BEFORE_THE_EFFECT,
    AFTER_THE_EFFECT;

    Trouble at(Gate gate) {
      return this == BEFORE_THE_EFFECT ? Trouble.waitingBefore(gate) : Trouble.waitingAfter(gate);
    }
  }

  @RegisterExtension final Shop shop = new Shop();

  private static Stream<Arguments> during(EnumSet<Call> calls, Moment... moments) {
    return calls.stream()
        .flatMap(
            call ->
                Stream.of(Message.values())
                    .flatMap(
                        message ->
                            Stream.of(moments).map(moment -> Arguments.of(call, message, moment))));
  }

  static Stream<Arguments> duringAnyStep() {
    return during(
        EnumSet.of(
            Call.ACCEPT,
            Call.COUPON_HOLD,
            Call.RESERVE,
            Call.CHARGE,
            Call.COMMIT,
            Call.COUPON_REDEEM,
            Call.GRANT,
            Call.CONFIRM),
        Moment.values());
  }

  static Stream<Arguments> afterAnyStep() {
    return duringAnyStep().filter(args -> args.get()[2] == Moment.AFTER_THE_EFFECT);
  }

  @ParameterizedTest
  @MethodSource("duringAnyStep")
  void anOrderIsTakenBackAsItStandsInTheLedger(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("mid-" + call + message + moment)).with(call, moment.at(gate));

    order.place();
    gate.awaitArrival();
    message.send(order);
    gate.open();

    order.ends(OrderStatus.REFUNDED);
    assertThat(order.droppedTasks()).isPositive();
  }

  @ParameterizedTest
  @MethodSource("afterAnyStep")
  void orItStaysCompletedWherePolicySaysSo(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("mid-kept-" + call + message + moment)).with(call, moment.at(gate));
    shop.ledger().willNotRefund(order.id(), new Reason("WINDOW_OVER", "14 days are over"));

    order.place();
    gate.awaitArrival();
    message.send(order);
    gate.open();

    order.ends(OrderStatus.COMPLETED);
    assertThat(order.droppedTasks()).isPositive();
  }

  static Stream<Arguments> duringAnyStepUntilApproval() {
    return during(
        EnumSet.of(Call.ACCEPT, Call.COUPON_HOLD, Call.RESERVE, Call.AUTHORIZE, Call.OPEN_REVIEW),
        Moment.BEFORE_THE_EFFECT);
  }

  @ParameterizedTest
  @MethodSource("duringAnyStepUntilApproval")
  void anOrderToBeApprovedIsCancelledOnHold(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("mid-hold-" + call + message + moment).withHold())
            .with(call, moment.at(gate));

    order.place();
    gate.awaitArrival();
    message.send(order);
    gate.open();

    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.CAPTURE)).isZero();
  }

  static Stream<Arguments> duringAnyStepOfTheUndo() {
    return during(
        EnumSet.of(Call.BEGIN_UNDO, Call.COUPON_RELEASE, Call.RELEASE, Call.VOID, Call.END),
        Moment.AFTER_THE_EFFECT);
  }

  @ParameterizedTest
  @MethodSource("duringAnyStepOfTheUndo")
  void anUndoThatHasBegunKeepsItsEnding(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("mid-undo-" + call + message + moment).withHold())
            .with(call, moment.at(gate))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    CompletableFuture<OrderView> denied = order.decide(Review.Choice.DENY);
    gate.awaitArrival();
    message.send(order);
    gate.open();

    order.ends(OrderStatus.REJECTED);
    assertThat(denied.join().status()).isEqualTo(OrderStatus.REJECTED);
  }

  static Stream<Arguments> duringAnyStepAfterApproval() {
    return during(
        EnumSet.of(Call.CLOSE_REVIEW, Call.CAPTURE, Call.COMMIT, Call.COUPON_REDEEM, Call.CONFIRM),
        Moment.AFTER_THE_EFFECT);
  }

  @ParameterizedTest
  @MethodSource("duringAnyStepAfterApproval")
  void anApprovedOrderIsTakenBackAsItStandsInTheLedger(Call call, Message message, Moment moment) {
    Gate gate = new Gate();
    TestOrder order =
        shop.order(Basket.rich("mid-approved-" + call + message + moment).withHold())
            .with(call, moment.at(gate))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);
    order.decide(Review.Choice.APPROVE);
    gate.awaitArrival();
    message.send(order);
    gate.open();

    order.endsAsOneOf(OrderStatus.CANCELLED, OrderStatus.REFUNDED);
  }

  @Test
  void temporalsCancelInTheFirstWorkflowTaskIsHeededBeforeAnythingIsDone() {
    TestOrder order = shop.order(Basket.rich("cancelled-at-once"));

    order.placeAt("cancelled-at-once");
    order.workflow().cancel();
    shop.workerComesTo("cancelled-at-once");

    order.ends(OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.CHARGE)).isZero();
  }
}
