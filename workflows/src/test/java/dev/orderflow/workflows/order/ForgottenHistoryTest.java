package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.saga.Reason;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The history may forget: a worker was killed, or the server dropped its task. The story is told
 * from the top to a ledger that has a part of it already, and ends as if nothing had happened; no
 * effect happens twice.
 */
class ForgottenHistoryTest {

  @RegisterExtension final Shop shop = new Shop();

  static Stream<Integer> prefixes() {
    return IntStream.rangeClosed(0, Earlier.STEPS).boxed();
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void anOrderIsCompletedAsIfNothingHadHappened(int done) {
    Basket basket = Basket.rich("forgotten-" + done);
    TestOrder order = shop.order(basket);
    new Earlier(shop, basket).forward(done);

    order.place().ends(OrderStatus.COMPLETED);
  }

  @ParameterizedTest
  @MethodSource("prefixes")
  void anOrderWhoseDocumentIsOnlyInTheLedgerIsRecovered(int done) {
    Basket basket = Basket.rich("recovered-" + done);
    TestOrder order = shop.order(basket);
    new Earlier(shop, basket).forward(Math.max(1, done));

    order.recover().ends(OrderStatus.COMPLETED);
  }

  enum Cancel {
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

  static Stream<Arguments> prefixesAndCancels() {
    return prefixes()
        .flatMap(done -> Stream.of(Cancel.values()).map(cancel -> Arguments.of(done, cancel)));
  }

  @ParameterizedTest
  @MethodSource("prefixesAndCancels")
  void aCancelDeliveredFirstTakesBackWhatOnlyTheLedgerKnows(int done, Cancel cancel) {
    Basket basket = Basket.rich("forgotten-cancel-" + done + cancel);
    TestOrder order = shop.order(basket);
    new Earlier(shop, basket).forward(done);

    order.placeAt("late");
    cancel.send(order);
    shop.workerComesTo("late");

    order.ends(done >= Earlier.COMMITTED ? OrderStatus.REFUNDED : OrderStatus.CANCELLED);
    assertThat(order.attempts(Call.CHARGE)).isEqualTo(done >= Earlier.PAID ? 1 : 0);
  }

  /** For every effect: with nothing, one thing or everything undone. */
  static Stream<Arguments> prefixesAndUndos() {
    return prefixes()
        .skip(1)
        .flatMap(done -> Stream.of(0, 1, Earlier.STEPS).map(undone -> Arguments.of(done, undone)));
  }

  @ParameterizedTest
  @MethodSource("prefixesAndUndos")
  void anUndoThatHadBegunIsFinishedWithItsOwnEnding(int done, int undone) {
    Basket basket = Basket.rich("forgotten-undo-" + done + "-" + undone);
    TestOrder order = shop.order(basket);
    Earlier earlier = new Earlier(shop, basket);
    earlier.forward(done);
    earlier.takenBack(OrderStatus.DECLINED, undone);

    order.placeAt("late");
    order.cancel();
    shop.workerComesTo("late");

    order.ends(done >= Earlier.COMMITTED ? OrderStatus.REFUNDED : OrderStatus.DECLINED);
  }

  @ParameterizedTest
  @EnumSource(names = {"REJECTED", "DECLINED", "FAILED", "CANCELLED"})
  void anOrderThatHadEndedSaysSoAgain(OrderStatus ending) {
    Basket basket = Basket.rich("forgotten-ended-" + ending);
    TestOrder order = shop.order(basket);
    Earlier earlier = new Earlier(shop, basket);
    earlier.forward(Earlier.PAID);
    earlier.ended(ending);

    OrderView view = order.recover().ends(ending);

    assertThat(view.reason()).contains(Earlier.REASON);
    assertThat(order.attempts(Call.BEGIN_UNDO)).isOne();
  }

  /** The ending was written, and then the worker was killed before the mail. */
  @Test
  void aRefundedOrderWhoseCustomerWasNotToldIsToldOnce() {
    Basket basket = Basket.rich("forgotten-refunded");
    TestOrder order = shop.order(basket);
    Earlier earlier = new Earlier(shop, basket);
    earlier.forward(Earlier.STEPS);
    earlier.ended(OrderStatus.REFUNDED);

    order.recover().ends(OrderStatus.REFUNDED);

    assertThat(order.attempts(Call.CORRECT)).isOne();
  }

  @Test
  void anOrderRejectedAtOnceSaysSoAgain() {
    Basket basket = Basket.rich("forgotten-rejected");
    TestOrder order = shop.order(basket);
    shop.ledger().willReject(order.id(), new Reason("PRICE_DIFFERS", "the mug costs 21.00"));
    new Earlier(shop, basket).forward(1);

    order.recover().ends(OrderStatus.REJECTED);
  }

  /** Nobody is asked to approve what has been handed over. */
  @Test
  void aCompletedOrderThatHadBeenOnHoldIsOnlyFollowedUp() {
    Basket basket = Basket.rich("forgotten-held").withHold();
    TestOrder order = shop.order(basket);
    new Earlier(shop, basket).approvedAndCompleted();

    order.recover().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.OPEN_REVIEW)).isOne();
    assertThat(order.attempts(Call.CONFIRM)).isOne();
  }

  @Test
  void anOrderThatWasApprovedIsNotHeldAgain() {
    Basket basket = Basket.rich("approved-and-captured").withHold();
    TestOrder order = shop.order(basket);
    new Earlier(shop, basket).approvedAndCaptured();

    order.recover().ends(OrderStatus.COMPLETED);

    assertThat(order.attempts(Call.OPEN_REVIEW)).isOne();
  }

  @Test
  void aTerminatedOrderOnHoldWaitsAgainWithTheSameVersion() {
    TestOrder order = shop.order(Basket.rich("terminated-on-hold").withHold()).place();
    int version = order.awaitStatus(OrderStatus.ON_HOLD).review().orElseThrow().version();
    order.workflow().terminate("on purpose");

    OrderView again = order.recover().awaitStatus(OrderStatus.ON_HOLD);
    assertThat(again.review().orElseThrow().version()).isEqualTo(version);
    order.decide(Review.Choice.APPROVE).join();

    order.ends(OrderStatus.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource(names = {"COUPON_HOLD", "RESERVE", "CHARGE", "COMMIT", "COUPON_REDEEM", "CONFIRM"})
  void anOrderTerminatedInTroubleIsRecovered(Call call) {
    TestOrder order =
        shop.order(Basket.rich("terminated-" + call)).with(call, Trouble.landingUnseen(4)).place();
    order.awaitRegular(call);
    order.workflow().terminate("on purpose");

    order.recover().ends(OrderStatus.COMPLETED);
  }

  @Test
  void noOrderIsRecoveredFromNothing() {
    TestOrder order = shop.order(Basket.plain("never-placed"));

    List<String> said = TestOrder.refusal(order.recover().result());

    assertThat(said).contains("NO_SUCH_ORDER");
  }
}
