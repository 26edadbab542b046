package dev.orderflow.activities.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.orderflow.activities.ledger.AtOnce.Result;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final AtomicInteger ORDERS = new AtomicInteger();
  private static final Claim.Terms ENFORCED =
      new Claim.Terms(Duration.ofMinutes(1), Duration.ofHours(24));
  private static final Reason NO = new Reason("NO", "no");

  private Ledger ledger;
  private Calls calls;
  private StepKey key;

  @BeforeAll
  static void table() {
    database.execute("create table effect (key text)");
  }

  @BeforeEach
  void freshKey() {
    ledger = database.get(Ledger.class);
    calls = database.get(Calls.class);
    key = StepKey.of(OrderId.ofKey("order " + ORDERS.incrementAndGet()), Step.RESERVE);
  }

  private Outcome effect(Handle tx) {
    tx.execute("insert into effect values (?)", key.toString());
    return Outcome.succeeded("done");
  }

  private long effects() {
    return database.number("select count(*) from effect where key = '" + key + "'");
  }

  private void expireLease() {
    database.execute("update operation set lease_until = now() where key = '" + key + "'");
  }

  private void sentHoursAgo(int hours) {
    database.execute(
        "update operation set first_sent_at = first_sent_at - interval '%d hours', last_sent_at ="
                .formatted(hours)
            + " last_sent_at - interval '%d hours' where key = '%s'".formatted(hours, key));
  }

  private Claim.Held claim() {
    return (Claim.Held) calls.claim(key, "payload", ENFORCED, tx -> {});
  }

  private void fence() {
    database
        .get(Transactions.class)
        .in(
            tx -> {
              ledger.fence(tx, List.of(key));
              return null;
            });
  }

  @Test
  void aRepeatedEffectHappensOnceAndAnswersTheSame() {
    assertThat(ledger.once(key, "payload", this::effect)).isEqualTo(Outcome.succeeded("done"));
    assertThat(ledger.once(key, "payload", this::effect)).isEqualTo(Outcome.succeeded("done"));
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aDeclinedEffectStaysDeclined() {
    assertThat(ledger.once(key, "payload", tx -> Outcome.declined(NO)).isDeclined()).isTrue();
    assertThat(ledger.once(key, "payload", this::effect)).isEqualTo(Outcome.declined(NO));
    assertThat(effects()).isZero();
  }

  @Test
  void whatIsSaidOfACallIsAnAnswerHoweverLateAndThatItIsInFlightIsNone() {
    Claim.Held first = claim();
    calls.settle(first, Outcome.pending(new Reason(Reason.IN_FLIGHT, "still at it")));
    assertThat(answered()).isZero();
    expireLease();
    Claim.Held second = claim();
    assertThat(second.number()).isGreaterThan(first.number());

    calls.settle(first, Outcome.declined(NO));

    assertThat(answered()).isEqualTo(1);
  }

  private long answered() {
    return database.number(
        "select count(*) from operation where answered_at is not null and key = '" + key + "'");
  }

  @Test
  void theSameKeyForSomethingElseIsRefused() {
    ledger.once(key, "payload", this::effect);
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> ledger.once(key, "another", this::effect));
    assertThat(failure.getType()).isEqualTo(Ledger.KEY_REUSED);
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void whatAnEffectThrowsLeavesNoTrace() {
    assertThatThrownBy(
            () ->
                ledger.once(
                    key,
                    "payload",
                    tx -> {
                      effect(tx);
                      throw new IllegalStateException("lost");
                    }))
        .hasMessage("lost");
    assertThat(ledger.find(key)).isEmpty();
    assertThat(effects()).isZero();
  }

  @RepeatedTest(10)
  void manyCopiesAtOnceAreOneEffect() {
    Callable<Outcome> copy = () -> ledger.once(key, "payload", this::effect);
    List<Result<Outcome>> results = AtOnce.run(Collections.nCopies(6, copy));
    assertThat(results).containsOnly(new Result<>(Outcome.succeeded("done"), null));
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void noEffectAfterItsTombstone() {
    fence();
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> ledger.once(key, "payload", this::effect));
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getType()).isEqualTo("NOT_EXECUTED");
    assertThat(failure.getDetails().get(Outcome.class).reason().orElseThrow().code())
        .isEqualTo(Reason.FENCED);
    assertThat(effects()).isZero();
  }

  @Test
  void aTombstoneComesTooLateForWhatIsDone() {
    ledger.once(key, "payload", this::effect);
    fence();
    assertThat(ledger.effects(key.order()))
        .extracting(Operation::state)
        .containsExactly(Operation.State.SUCCEEDED);
  }

  @RepeatedTest(10)
  void effectAndTombstoneAtOnceAgreeWhoWasFirst() {
    List<Result<Object>> results =
        AtOnce.<Object>run(
            List.of(
                () -> ledger.once(key, "payload", this::effect),
                () -> {
                  fence();
                  return "fenced";
                }));
    Operation.State state = ledger.find(key).orElseThrow().state();
    boolean done = results.get(0).failure() == null;
    assertThat(state).isEqualTo(done ? Operation.State.SUCCEEDED : Operation.State.FENCED);
    assertThat(effects()).isEqualTo(done ? 1 : 0);
  }

  @Test
  void aRecordedOutcomeCannotBeChangedEvenBySql() {
    ledger.once(key, "payload", this::effect);
    assertThatThrownBy(
            () ->
                database.execute("update operation set state = 'FENCED' where key = '" + key + "'"))
        .isInstanceOf(JdbiException.class)
        .hasMessageContaining("stays so");
  }

  @Test
  void aSecondCopyOfACallWaitsForTheLease() {
    assertThat(claim().mode()).isEqualTo(Claim.Mode.SEND);
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> calls.claim(key, "payload", ENFORCED, tx -> {}));
    assertThat(failure.getType()).isEqualTo("PENDING");
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getNextRetryDelay()).isBetween(Duration.ofSeconds(30), ENFORCED.lease());
  }

  @RepeatedTest(5)
  void ofManyCopiesOneMakesTheCall() {
    Callable<Claim> copy = () -> calls.claim(key, "payload", ENFORCED, tx -> {});
    List<Result<Claim>> results = AtOnce.run(Collections.nCopies(6, copy));
    assertThat(results).filteredOn(r -> r.value() instanceof Claim.Held).hasSize(1);
    assertThat(results).filteredOn(r -> r.failure() instanceof ApplicationFailure).hasSize(5);
  }

  @Test
  void aCallInDoubtIsMadeAgainOnlyWhileTheOtherSideEnforcesTheKey() {
    claim();
    expireLease();
    assertThat(claim().mode()).isEqualTo(Claim.Mode.SEND);
    sentHoursAgo(25);
    expireLease();
    Claim.Held asking = claim();
    assertThat(asking.mode()).isEqualTo(Claim.Mode.ASK);
    assertThat(asking.sinceLastSent()).isGreaterThan(Duration.ofHours(24));
    expireLease();
    assertThat(claim().sinceLastSent())
        .as("a question is no call")
        .isGreaterThan(Duration.ofHours(24));
  }

  @Test
  void whatCertainlyDidNotHappenIsCalledAfreshHoweverLate() {
    calls.settle(claim(), Outcome.notExecuted(NO));
    sentHoursAgo(48);
    Claim.Held again = claim();
    assertThat(again.mode()).isEqualTo(Claim.Mode.SEND);
    assertThat(again.firstSentAt()).isEqualTo(again.claimedAt());
  }

  @Test
  void aRefusedPreparationLeavesNoClaim() {
    assertThatThrownBy(
            () ->
                calls.claim(
                    key,
                    "payload",
                    ENFORCED,
                    tx -> {
                      throw new IllegalStateException("too late");
                    }))
        .hasMessage("too late");
    assertThat(ledger.find(key)).isEmpty();
  }

  @Test
  void aFinalReportIsKeptThoughTheClaimWasLost() {
    Claim.Held slow = claim();
    expireLease();
    Claim.Held second = claim();
    assertThat(calls.settle(slow, Outcome.unknown(NO)).state()).isEqualTo(Outcome.State.PENDING);
    assertThat(calls.settle(slow, Outcome.succeeded("ch_1"))).isEqualTo(Outcome.succeeded("ch_1"));
    assertThat(calls.settle(second, Outcome.succeeded("ch_1")))
        .isEqualTo(Outcome.succeeded("ch_1"));
    assertThat(discrepancies()).isZero();
    assertThat(calls.settle(second, Outcome.succeeded("ch_2")))
        .isEqualTo(Outcome.succeeded("ch_1"));
    assertThat(discrepancies()).isEqualTo(1);
  }

  private int lapse() {
    return calls.lapse(
        Set.of(key.step()),
        NO,
        1,
        (tx, lapsed) -> tx.execute("insert into effect values (?)", lapsed.toString()));
  }

  @Test
  void whatHasNotReportedByItsLeasesEndIsInDoubtUntilItDoes() {
    key = StepKey.of(key.order(), Step.CONFIRM);
    Claim.Held slow = claim();
    assertThat(lapse()).as("within its lease").isZero();
    expireLease();
    assertThat(lapse()).isEqualTo(1);
    assertThat(lapse()).as("again").isZero();
    assertThat(effects()).isEqualTo(1);
    assertThat(ledger.find(key).orElseThrow().outcome()).isEqualTo(Outcome.unknown(NO));
    assertThat(calls.settle(slow, Outcome.notExecuted(NO))).isEqualTo(Outcome.notExecuted(NO));
    assertThat(ledger.find(key).orElseThrow().state()).isEqualTo(Operation.State.NOT_EXECUTED);
  }

  private long discrepancies() {
    return database.number("select count(*) from discrepancy where key = '" + key + "'");
  }

  @Test
  void moneyReportedBehindATombstoneIsRecordedAndMakesACase() {
    Claim.Held slow = claim();
    expireLease();
    calls.settle(claim(), Outcome.notExecuted(NO));
    fence();
    assertThat(ledger.find(key).orElseThrow().state()).isEqualTo(Operation.State.FENCED);
    calls.settle(slow, Outcome.succeeded("ch_1"));
    assertThat(ledger.find(key).orElseThrow().state()).isEqualTo(Operation.State.SUCCEEDED);
    assertThat(discrepancies()).isEqualTo(1);
  }

  @Test
  void onceTheOrderIsTakenBackOnlyTheUndoAsksAboutACallInDoubt() {
    Claim.Held held = claim();
    assertThatThrownBy(() -> calls.claimForUndo(key, Duration.ofMinutes(1)))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("PENDING");
    calls.settle(held, Outcome.unknown(NO));
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class, () -> calls.claim(key, "payload", ENFORCED, tx -> {}));
    assertThat(failure.getType()).isEqualTo("UNKNOWN");
    assertThat(failure.isNonRetryable()).isTrue();
    Claim.Held undo = (Claim.Held) calls.claimForUndo(key, Duration.ofMinutes(1));
    assertThat(undo.mode()).isEqualTo(Claim.Mode.ASK);
    calls.settle(undo, Outcome.notExecuted(NO));
    assertThatThrownBy(() -> calls.claim(key, "payload", ENFORCED, tx -> {}))
        .hasMessageContaining("NOT_EXECUTED");
  }

  @Test
  void anUndoOfWhatWasNeverAskedForKeepsItFromHappening() {
    Claim.Settled settled = (Claim.Settled) calls.claimForUndo(key, Duration.ofMinutes(1));
    assertThat(settled.outcome().state()).isEqualTo(Outcome.State.NOT_EXECUTED);
    assertThatThrownBy(() -> calls.claim(key, "payload", ENFORCED, tx -> {}))
        .hasMessageContaining("FENCED");
  }

  @Test
  void whatWasDoneByOtherMeansIsRecordedBesideARefusal() {
    ledger.once(key, "payload", tx -> Outcome.declined(NO));
    Transactions transactions = database.get(Transactions.class);
    transactions.in(tx -> ledger.acceptAsDone(tx, key));
    Outcome again = transactions.in(tx -> ledger.acceptAsDone(tx, key));
    assertThat(again).isEqualTo(Outcome.succeeded());
    assertThat(ledger.effects(key.order()))
        .extracting(Operation::key, Operation::state)
        .containsExactly(
            tuple(key, Operation.State.DECLINED), tuple(key.next(), Operation.State.SUCCEEDED));
  }

  @Test
  void aCallIsRefusedOnlyAsWhatItsKeyStandsFor() {
    calls.settle(claim(), Outcome.notExecuted(NO));

    assertThat(
            catchThrowableOfType(
                    ApplicationFailure.class, () -> calls.refuse(key, "another", NO, tx -> {}))
                .getType())
        .isEqualTo(Ledger.KEY_REUSED);
    assertThat(calls.refuse(key, "payload", NO, tx -> {})).isEqualTo(Outcome.declined(NO));
  }

  @Test
  void aRefusedCallRemembersWhatWasAsked() {
    assertThat(calls.refuse(key, "payload", NO, tx -> {})).isEqualTo(Outcome.declined(NO));

    assertThat(calls.refuse(key, "payload", NO, tx -> {})).isEqualTo(Outcome.declined(NO));
    assertThat(
            catchThrowableOfType(
                    ApplicationFailure.class, () -> calls.refuse(key, "another", NO, tx -> {}))
                .getType())
        .isEqualTo(Ledger.KEY_REUSED);
  }
}
