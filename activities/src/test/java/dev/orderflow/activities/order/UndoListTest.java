package dev.orderflow.activities.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UndoListTest {

  private static final OrderId ORDER = OrderId.ofKey("order");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Operation> effects = new ArrayList<>();

  private UndoListTest given(Step step, int n, State state) {
    return given(step, n, state, Optional.empty());
  }

  /** An undo of the first effect of that step. */
  private UndoListTest undone(Step step, int n, State state, Step forward) {
    return given(step, n, state, Optional.of(StepKey.of(ORDER, forward)));
  }

  private UndoListTest given(Step step, int n, State state, Optional<StepKey> forward) {
    Instant at = START.plusSeconds(effects.size());
    effects.add(
        new Operation(
            new StepKey(ORDER, step, n),
            effects.size() + 1,
            state,
            Optional.of("fingerprint"),
            Optional.empty(),
            Optional.empty(),
            forward,
            false,
            at,
            at));
    return this;
  }

  private UndoListTest given(Step step, State state) {
    return given(step, 1, state);
  }

  private List<String> undos() {
    return new UndoList(ORDER, effects)
        .undos().stream().map(undo -> word(undo.key()) + " of " + word(undo.forward())).toList();
  }

  private List<String> toFence() {
    return toFence(1);
  }

  private List<String> toFence(int generation) {
    return new UndoList(ORDER, effects)
        .toFence(generation).stream().map(UndoListTest::word).toList();
  }

  private static String word(StepKey key) {
    return key.toString().substring(ORDER.value().length() + 1);
  }

  @Test
  void nothingDoneIsNothingToUndoAndEverythingToFence() {
    assertThat(undos()).isEmpty();
    assertThat(toFence())
        .containsExactlyInAnyOrder(
            "coupon-hold",
            "reserve",
            "authorize",
            "capture",
            "charge",
            "commit",
            "coupon-redeem",
            "grant",
            "confirm");
  }

  @Test
  void theNewestEffectIsUndoneFirst() {
    given(Step.COUPON_HOLD, State.SUCCEEDED)
        .given(Step.RESERVE, State.SUCCEEDED)
        .given(Step.CHARGE, State.SUCCEEDED)
        .given(Step.COMMIT, State.SUCCEEDED)
        .given(Step.COUPON_REDEEM, State.SUCCEEDED)
        .given(Step.GRANT, State.SUCCEEDED)
        .given(Step.CONFIRM, State.PENDING);
    assertThat(undos())
        .containsExactly(
            "revoke of grant",
            "restock of commit",
            "refund of charge",
            "release of reserve",
            "coupon-release of coupon-hold");
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "PENDING", "UNKNOWN"})
  void moneyThatMayHaveMovedIsGivenBack(State state) {
    given(Step.CAPTURE, state);
    assertThat(undos()).containsExactly("refund of capture");
  }

  @ParameterizedTest
  @EnumSource(names = {"DECLINED", "NOT_EXECUTED", "FENCED"})
  void whatCertainlyDidNotHappenIsNotUndone(State state) {
    given(Step.CHARGE, state);
    assertThat(undos()).isEmpty();
  }

  @Test
  void whatIsUndoneIsLeftOut() {
    given(Step.RESERVE, State.SUCCEEDED).undone(Step.RELEASE, 1, State.SUCCEEDED, Step.RESERVE);
    assertThat(undos()).isEmpty();
  }

  @Test
  void anUndoThatWasRefusedGetsAFreshKeyAndOneInDoubtItsOwn() {
    given(Step.CHARGE, State.SUCCEEDED).undone(Step.REFUND, 1, State.DECLINED, Step.CHARGE);
    assertThat(undos()).containsExactly("refund/2 of charge");
    undone(Step.REFUND, 2, State.UNKNOWN, Step.CHARGE);
    assertThat(undos()).containsExactly("refund/2 of charge");
    effects.remove(2);
    undone(Step.REFUND, 2, State.DECLINED, Step.CHARGE);
    assertThat(undos()).containsExactly("refund/3 of charge");
    undone(Step.REFUND, 3, State.SUCCEEDED, Step.CHARGE);
    assertThat(undos()).isEmpty();
  }

  @Test
  void moneyReportedAfterItsUndoFoundNoneIsGivenBackToo() {
    undone(Step.REFUND, 1, State.SUCCEEDED, Step.CHARGE).given(Step.CHARGE, State.SUCCEEDED);
    assertThat(undos()).containsExactly("refund/2 of charge");
  }

  @Test
  void eachPaymentHasAnUndoOfItsOwn() {
    given(Step.CHARGE, 1, State.DECLINED)
        .given(Step.CHARGE, 2, State.SUCCEEDED)
        .given(Step.CAPTURE, State.UNKNOWN);
    assertThat(undos()).containsExactly("refund of capture", "refund/2 of charge/2");
    given(Step.REFUND, 1, State.SUCCEEDED, Optional.of(StepKey.of(ORDER, Step.CAPTURE)));
    assertThat(undos()).containsExactly("refund/2 of charge/2");
    given(Step.REFUND, 2, State.DECLINED, Optional.of(new StepKey(ORDER, Step.CHARGE, 2)));
    assertThat(undos()).containsExactly("refund/3 of charge/2");
  }

  @Test
  void moneyGivenBackAtAWishIsNoUndo() {
    given(Step.CHARGE, State.SUCCEEDED)
        .given(Step.REFUND, 1, State.SUCCEEDED)
        .given(Step.REFUND, 2, State.NOT_EXECUTED);
    assertThat(undos()).containsExactly("refund/3 of charge");
  }

  @Test
  void theKeyAfterARefusalAndEveryGapIsFenced() {
    given(Step.COMMIT, 2, State.DECLINED).given(Step.RESERVE, State.SUCCEEDED);
    assertThat(toFence())
        .contains("commit", "commit/3")
        .doesNotContain("commit/2", "reserve", "reserve/2");
  }

  @Test
  void everyKeyOfARevivedOrderIsFencedUpToItsGeneration() {
    given(Step.RESERVE, State.SUCCEEDED).given(Step.COMMIT, State.FENCED);
    assertThat(toFence(2)).contains("reserve/2", "commit/2", "coupon-hold", "coupon-hold/2");
    assertThat(toFence(2)).doesNotContain("commit", "commit/3", "reserve/3");
    for (Step step : UndoList.FORWARD) {
      given(step, 1, State.FENCED).given(step, 2, State.FENCED);
    }
    assertThat(toFence(2)).isEmpty();
  }

  @Test
  void anUndoIsNeverFenced() {
    given(Step.RELEASE, State.DECLINED);
    assertThat(toFence()).noneMatch(word -> word.startsWith("release"));
  }

  @Test
  void everyStepThatWeDoAndHasAnUndoIsFenced() {
    for (Step step : Step.values()) {
      // Money that comes unasked is nothing that we do, and is booked whenever it comes.
      if (step.undo().isPresent() && !UndoList.REPORTED.contains(step)) {
        assertThat(UndoList.FORWARD).contains(step);
      }
    }
  }
}
