package dev.orderflow.activities.ledger;

import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.joda.money.Money;

/**
 * The effects that are calls to someone outside: claimed in one transaction, made without any, and
 * settled in a second one. What holds for every key, see {@link Ledger}.
 */
@Singleton
public class Calls {

  private static final Reason AT_WORK = new Reason("AT_WORK", "another attempt is under way");
  private static final Reason INTENDED = new Reason("INTENDED", "decided, not yet asked for");

  private final Transactions transactions;
  private final Operations operations = new Operations();
  private final Claims claims = new Claims();

  @Inject
  public Calls(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Claims a call to someone outside. The row is committed, {@code PENDING} and leased, before this
   * returns; then make the call with no transaction open, and {@link #settle}.
   *
   * <ul>
   *   <li>a new key, or one that is certainly {@code NOT_EXECUTED}: {@link Claim.Mode#SEND}
   *   <li>in doubt (an expired lease, {@code PENDING} or {@code UNKNOWN}): taken over; {@code SEND}
   *       within the terms' window, else {@link Claim.Mode#ASK}
   *   <li>{@code SUCCEEDED} or {@code DECLINED}: {@link Claim.Settled}
   * </ul>
   *
   * @param preparation done in the same transaction before a {@code SEND}, for instance {@link
   *     Pin}s
   * @throws ApplicationFailure {@code PENDING}, to be retried when the lease is over, while another
   *     copy holds it; {@code UNKNOWN}, not retryable, when the order is being taken back and the
   *     effect in doubt is its undo's to settle
   */
  public Claim claim(StepKey key, Object payload, Claim.Terms terms, Preparation preparation) {
    Payload asked = Payload.of(payload);
    return transactions.in(
        tx -> {
          preparation.lock(tx);
          Optional<Claim> fresh =
              claims
                  .insertPending(tx, key, asked, terms.lease())
                  .map(now -> new Claim.Held(key, 1, Claim.Mode.SEND, now, now, now));
          Claim claim =
              fresh.orElseGet(
                  () -> {
                    Operations.Row row = operations.locked(tx, key);
                    row.operation().requireSame(asked.fingerprint());
                    return again(tx, row, terms);
                  });
          if (claim instanceof Claim.Held held && held.mode() == Claim.Mode.SEND) {
            preparation.prepare(tx);
          }
          return claim;
        });
  }

  /**
   * Takes a call down that is to be made: its row is {@code NOT_EXECUTED}, and may be claimed with
   * the same payload. For a decision and its call that are two transactions.
   *
   * @throws IllegalStateException when the key has a row
   */
  public void intend(Handle tx, StepKey key, Object payload) {
    if (!operations.insertIntended(tx, key, Payload.of(payload), INTENDED)) {
      throw new IllegalStateException(key + " is taken");
    }
  }

  private Claim again(Handle tx, Operations.Row row, Claim.Terms terms) {
    Operation known = row.operation();
    StepKey key = known.key();
    if (known.state().isFinal()) {
      return new Claim.Settled(known.outcome());
    }
    if (known.state() == State.FENCED || (known.closed() && known.state() == State.NOT_EXECUTED)) {
      throw StepFailure.never(key, Ledger.TOMBSTONE);
    }
    if (known.closed()) {
      Outcome doubt = Outcome.unknown(new Reason(Reason.FENCED, "the order is being taken back"));
      throw ApplicationFailure.newNonRetryableFailure(
          key + " is in doubt, and its undo settles it", doubt.state().name(), doubt);
    }
    refuseWhileLeased(row);
    boolean send =
        known.state() == State.NOT_EXECUTED
            || row.firstSentAt()
                .map(first -> row.now().isBefore(first.plus(terms.sameKeyWindow())))
                .orElse(false);
    return claims.take(tx, row, send ? Claim.Mode.SEND : Claim.Mode.ASK, terms.lease());
  }

  /**
   * Claims a call that was made before to find out what became of it, and for nothing else.
   *
   * @return {@link Claim.Held} with {@link Claim.Mode#ASK} when it is in doubt; otherwise {@link
   *     Claim.Settled}, {@code NOT_EXECUTED} where it certainly was not done
   * @throws ApplicationFailure {@code PENDING}, to be retried when the lease is over, while an
   *     attempt is under way
   */
  public Claim claimToAsk(StepKey key, Duration lease) {
    return transactions.in(tx -> inDoubt(tx, key, lease));
  }

  /**
   * Ends all forward attempts. What certainly was not done is {@code DECLINED} for good, so that a
   * repeat hears the same and the next key is free; what is in doubt is only closed to attempts.
   *
   * @return where it stands now: of what is in doubt find out, by {@link #claimForUndo}
   */
  public Outcome decline(StepKey key) {
    return transactions.in(
        tx -> {
          operations.insertDeclined(tx, key, Ledger.TOMBSTONE);
          Operation known = operations.locked(tx, key).operation();
          if (known.state() == State.NOT_EXECUTED || known.state() == State.FENCED) {
            Outcome declined = Outcome.declined(Ledger.TOMBSTONE);
            operations.write(tx, key, declined);
            return declined;
          }
          operations.close(tx, List.of(key));
          return known.outcome();
        });
  }

  /**
   * Claims a forward call for its undo: from now on no forward attempt is made any more.
   *
   * @return {@link Claim.Held} with {@link Claim.Mode#ASK} when it is in doubt: find out and {@link
   *     #settle}; otherwise {@link Claim.Settled}, {@code NOT_EXECUTED} where it certainly was not
   *     done
   * @throws ApplicationFailure {@code PENDING}, to be retried when the lease is over, while a
   *     forward attempt is still under way
   */
  public Claim claimForUndo(StepKey forward, Duration lease) {
    // Closed for good, also where the claim is then refused.
    transactions.in(
        tx -> {
          operations.insertFenced(tx, forward, Ledger.TOMBSTONE);
          operations.close(tx, List.of(forward));
          return forward;
        });
    return transactions.in(tx -> inDoubt(tx, forward, lease));
  }

  private Claim inDoubt(Handle tx, StepKey key, Duration lease) {
    Operations.Row row = operations.locked(tx, key);
    State state = row.operation().state();
    if (state != State.PENDING && state != State.UNKNOWN) {
      return new Claim.Settled(row.operation().outcome());
    }
    refuseWhileLeased(row);
    return claims.take(tx, row, Claim.Mode.ASK, lease);
  }

  /**
   * Records as {@code UNKNOWN} the calls, of steps that have no undo to settle them, whose attempt
   * has not reported by the end of its lease. One that reports later is still recorded.
   *
   * @param atMost how many
   * @param alongside done for each in the same transaction
   * @return how many there were
   */
  public int lapse(Set<Step> steps, Reason why, int atMost, BiConsumer<Handle, StepKey> alongside) {
    return transactions.in(
        tx -> {
          List<StepKey> lapsed = claims.lapse(tx, steps, why, atMost);
          lapsed.forEach(key -> alongside.accept(tx, key));
          return lapsed.size();
        });
  }

  /**
   * Records what became of a claimed call. What is final is recorded even when the claim was lost
   * meanwhile; what differs from a final outcome already recorded becomes a row in {@code
   * discrepancy}.
   *
   * @return what the ledger now holds; the recorded outcome where it was final before
   */
  public Outcome settle(Claim.Held held, Outcome reported) {
    return settle(held, reported, tx -> {});
  }

  /** As {@link #settle(Claim.Held, Outcome)}, with more to write in the same transaction. */
  public Outcome settle(Claim.Held held, Outcome reported, Consumer<Handle> alongside) {
    return transactions.in(
        tx -> {
          Outcome kept = settle(tx, held, reported);
          alongside.accept(tx);
          return kept;
        });
  }

  /** As {@link #settle(Claim.Held, Outcome)}, in a transaction that has begun. */
  public Outcome settle(Handle tx, Claim.Held held, Outcome reported) {
    return claims.writeHeld(tx, held, reported) ? reported : late(tx, held.key(), reported);
  }

  /**
   * Records that a call is not made, for a reason of our own; unless it was made, or may have been.
   *
   * @param alongside done in the same transaction where the call is refused
   * @return where it stands now
   * @throws ApplicationFailure {@link Ledger#KEY_REUSED}, not retryable
   */
  public Outcome refuse(StepKey key, Object payload, Reason why, Consumer<Handle> alongside) {
    Payload asked = Payload.of(payload);
    return transactions.in(
        tx -> {
          Outcome refused = Outcome.declined(why);
          if (!operations.insertRefused(tx, key, asked, why)) {
            Operation known = operations.locked(tx, key).operation();
            known.requireSame(asked.fingerprint());
            if (known.state() != State.NOT_EXECUTED) {
              return known.outcome();
            }
            operations.write(tx, key, refused);
          }
          alongside.accept(tx);
          return refused;
        });
  }

  private Outcome late(Handle tx, StepKey key, Outcome reported) {
    Operation known = operations.locked(tx, key).operation();
    if (!reported.state().isFinal()) {
      return known.outcome();
    }
    boolean same =
        known.state() == State.of(reported.state())
            && known.reference().equals(reported.reference());
    // Declined is what a tombstone says, too.
    if (same || (known.state() == State.FENCED && reported.isDeclined())) {
      return known.outcome();
    }
    boolean concluded =
        known.state().isFinal()
            || known.state() == State.FENCED
            || (known.state() == State.NOT_EXECUTED && known.closed());
    if (concluded) {
      claims.insertDiscrepancy(tx, known, reported, Optional.empty());
    }
    if (known.state().isFinal()) {
      return known.outcome();
    }
    operations.write(tx, key, reported);
    claims.answered(tx, key);
    return reported;
  }

  /**
   * Keeps, for a person to look at, what the other side reports otherwise than it was asked; the
   * same again is kept once.
   *
   * @param amount what it says that it moved
   */
  public void keepDifference(Handle tx, StepKey key, Outcome reported, Money amount) {
    Operation known = operations.locked(tx, key).operation();
    claims.insertDiscrepancy(tx, known, reported, Optional.of(amount));
  }

  private static void refuseWhileLeased(Operations.Row row) {
    Duration rest =
        row.leaseUntil().map(until -> Duration.between(row.now(), until)).orElse(Duration.ZERO);
    if (row.operation().state() == State.PENDING && rest.compareTo(Duration.ZERO) > 0) {
      throw StepFailure.unsettled(row.operation().key(), Outcome.pending(AT_WORK), rest);
    }
  }
}
