package dev.orderflow.workflows.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orderflow.workflows.fakes.Call;
import dev.orderflow.workflows.fakes.Trouble;
import dev.orderflow.workflows.saga.Reason;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way an order may end by itself. After each, ledger and world agree with the ending. */
class EndingsTest {

  @RegisterExtension final Shop shop = new Shop();

  @Test
  void whatTheShopDoesNotTakeIsRejectedAtOnce() {
    TestOrder order = shop.order(Basket.plain("rejected"));
    shop.ledger().willReject(order.id(), new Reason("PRICE_DIFFERS", "the mug costs 21.00"));

    OrderView view = order.place().ends(OrderStatus.REJECTED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo("PRICE_DIFFERS");
    assertThat(view.plan()).isEmpty();
    assertThat(order.attempts(Call.RESERVE)).isZero();
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Call.COUPON_HOLD, "COUPON_USED_UP", OrderStatus.REJECTED),
        Arguments.of(Call.RESERVE, "OUT_OF_STOCK", OrderStatus.REJECTED),
        Arguments.of(Call.CHARGE, "insufficient_funds", OrderStatus.DECLINED));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusedStepTakesBackWhatWasDoneBefore(Call call, String code, OrderStatus ending) {
    TestOrder order = shop.order(Basket.rich("refused-" + call)).with(call, Trouble.declined(code));

    OrderView view = order.place().ends(ending);

    assertThat(view.reason().orElseThrow().code()).isEqualTo(code);
    assertThat(order.regularActivities()).isEmpty();
    assertThat(order.attempts(call)).isOne();
  }

  @Test
  void aDeclinedAuthorizationEndsBeforeAnybodyIsAskedToApprove() {
    TestOrder order =
        shop.order(Basket.rich("authorization-declined").withHold())
            .with(Call.AUTHORIZE, Trouble.declined("expired_card"));

    order.place().ends(OrderStatus.DECLINED);

    assertThat(order.attempts(Call.OPEN_REVIEW)).isZero();
  }

  @Test
  void aDeclinedCaptureVoidsTheAuthorization() {
    TestOrder order =
        shop.order(Basket.rich("capture-declined").withHold())
            .with(Call.CAPTURE, Trouble.declined("AUTHORIZATION_EXPIRED"))
            .place();
    order.awaitStatus(OrderStatus.ON_HOLD);

    assertThat(order.decide(Review.Choice.APPROVE).join().status()).isEqualTo(OrderStatus.DECLINED);

    OrderView view = order.ends(OrderStatus.DECLINED);
    assertThat(view.reason().orElseThrow().code()).isEqualTo("AUTHORIZATION_EXPIRED");
    assertThat(order.attempts(Call.VOID)).isOne();
    assertThat(order.attempts(Call.REFUND)).isZero();
    assertThat(order.attempts(Call.COMMIT)).isZero();
  }

  @Test
  void aDeniedOrderIsRejectedAndNotCaptured() {
    TestOrder order = shop.order(Basket.rich("denied").withHold()).place();
    order.awaitStatus(OrderStatus.ON_HOLD);

    assertThat(order.decide(Review.Choice.DENY).join().status()).isEqualTo(OrderStatus.REJECTED);

    OrderView view = order.ends(OrderStatus.REJECTED);
    assertThat(view.reason().orElseThrow().code()).isEqualTo("DENIED");
    assertThat(order.attempts(Call.CAPTURE)).isZero();
  }

  @Test
  void anOrderThatNobodyApprovesInTimeIsRejected() {
    TestOrder order = shop.order(Basket.rich("hold-expires").withHold()).place();

    OrderView view = order.ends(OrderStatus.REJECTED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo("HOLD_EXPIRED");
    assertThat(view.review()).isEmpty();
    assertThat(order.attempts(Call.VOID)).isOne();
    assertThat(order.attempts(Call.CAPTURE)).isZero();
  }

  static Stream<Arguments> stepsThatNeverAnswer() {
    return Stream.of(
        Arguments.of(Call.CHARGE, Trouble.failingAlways(), "UNREACHABLE"),
        Arguments.of(Call.CHARGE, Trouble.landingUnseen(1_000), "NO_ANSWER"),
        Arguments.of(
            Call.CHARGE,
            Trouble.throwing(new NullPointerException()),
            "java.lang.NullPointerException"));
  }

  /** An hour of attempts, skipped. */
  @ParameterizedTest
  @MethodSource("stepsThatNeverAnswer")
  void aPaymentThatIsNeverSettledIsGivenUpAndTakenBack(Call call, Trouble trouble, String code) {
    TestOrder order =
        shop.order(Basket.rich("never-settled-" + call + code)).with(call, trouble).place();

    OrderView view = order.ends(OrderStatus.FAILED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo(code);
    assertThat(order.regularActivities()).containsExactly(call.type());
    assertThat(order.attempts(call)).isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aStepThatIsFencedOrForbiddenIsNotTriedAgain(Call call) {
    TestOrder order =
        shop.order(Basket.rich("never-" + call)).with(call, Trouble.never("NO_SUCH_CHANNEL"));

    OrderView view = order.place().ends(OrderStatus.REJECTED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo("NO_SUCH_CHANNEL");
    assertThat(order.attempts(call)).isOne();
    assertThat(order.regularActivities()).isEmpty();
  }

  /** A shop's own channel may fail in its own words. */
  @ParameterizedTest
  @EnumSource
  void aFailureOfAnUnknownKindEndsTheOrderToo(Foreign failure) {
    TestOrder order =
        shop.order(Basket.rich("foreign-" + failure))
            .with(Call.CHARGE, Trouble.throwing(failure.failure))
            .place();

    OrderView view = order.ends(OrderStatus.FAILED);

    assertThat(view.reason().orElseThrow().code()).isEqualTo("CHANNEL");
  }

  private enum Foreign {
    WITHOUT_MESSAGE(ApplicationFailure.newNonRetryableFailure(null, "CHANNEL")),
    WITH_TEXT(ApplicationFailure.newNonRetryableFailure("closed", "CHANNEL", "at noon")),
    WITH_DETAILS(
        ApplicationFailure.newNonRetryableFailure(
            "closed", "CHANNEL", new Reason("CLOSED", "at noon")));

    private final ApplicationFailure failure;

    Foreign(ApplicationFailure failure) {
      this.failure = failure;
    }
  }

  @Test
  void aKeyThatWasUsedForAnotherOrderFailsTheWorkflowAndTouchesNothing() {
    Basket basket = Basket.plain("same-key");
    shop.order(basket).place().ends(OrderStatus.COMPLETED);
    TestOrder other = shop.order(basket.withCoupon());

    assertThatThrownBy(() -> other.place().ends(OrderStatus.COMPLETED))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class, e -> assertThat(e.getType()).isEqualTo("KEY_REUSED"));
    shop.ledger().mustHaveEnded(other.id(), OrderStatus.COMPLETED);
  }
}
