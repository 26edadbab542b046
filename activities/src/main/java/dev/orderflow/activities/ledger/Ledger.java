package dev.orderflow.activities.ledger;

import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Remembers every effect by its key, so that each happens at most once, whatever is repeated, at
 * once or late.
 *
 * <ul>
 *   <li>An effect inside this database is carried out by {@link #once}: its row and the effect are
 *       one transaction.
 *   <li>A call to someone outside is {@linkplain #claim claimed} in one transaction, made without
 *       any, and {@linkplain #settle settled} in a second one.
 * </ul>
 *
 * For both, a key used before for something else is refused with {@link #KEY_REUSED}, and a key
 * with a tombstone with {@link StepFailure#never} and the reason {@link #FENCED}; neither is
 * retried. A recorded {@code SUCCEEDED} or {@code DECLINED} never changes.
 */
@Singleton
public class Ledger {

  /** The type of the failure by which a key that was used for something else is refused. */
  public static final String KEY_REUSED = "KEY_REUSED";

  /** The code of the reason by which a forward effect is refused once its undo has begun. */
  public static final String FENCED = "FENCED";

  private static final Reason TOMBSTONE =
      new Reason(FENCED, "the order is being taken back, and this step was not done");
  private static final Reason AT_WORK = new Reason("AT_WORK", "another attempt is under way");

  private final Transactions transactions;
  private final Operations operations = new Operations();

  @Inject
  public Ledger(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Carries out an effect inside this database and records its outcome, in one transaction; or
   * returns what was recorded before.
   *
   * @param payload what is asked, as JSON; the same key takes only the same payload
   * @param effect answers {@code SUCCEEDED} or {@code DECLINED}; a declined one leaves nothing
   *     behind. What it throws rolls back everything, the row included
   */
  public Outcome once(StepKey key, Object payload, Function<Handle, Outcome> effect) {
    return transactions.in(tx -> once(tx, key, payload, effect));
  }

  /** As {@link #once(StepKey, Object, Function)}, in a transaction that has begun. */
  public Outcome once(Handle tx, StepKey key, Object payload, Function<Handle, Outcome> effect) {
    String fingerprint = Fingerprint.of(payload);
    // A second copy waits here until the first has committed, and then finds its row.
    if (operations.insertSucceeded(tx, key, fingerprint)) {
      return keep(tx, key, effect.apply(tx));
    }
    Operation known = locked(tx, key).operation();
    requireSame(known, fingerprint);
    if (known.state() == State.FENCED) {
      throw StepFailure.never(key, TOMBSTONE);
    }
    if (!known.state().isFinal()) {
      throw new IllegalStateException(key + " was claimed as a call to someone outside");
    }
    return known.outcome();
  }

  private Outcome keep(Handle tx, StepKey key, Outcome outcome) {
    if (!outcome.state().isFinal()) {
      throw new IllegalStateException(key + " ended " + outcome + " inside our own database");
    }
    if (!outcome.equals(Outcome.succeeded())) {
      operations.write(tx, key, outcome);
    }
    return outcome;
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
   *     Pin}s; what it throws undoes the claim
   * @throws ApplicationFailure {@code PENDING}, to be retried when the lease is over, while another
   *     copy holds it; {@code UNKNOWN}, not retryable, when the order is being taken back and the
   *     effect in doubt is its undo's to settle
   */
  public Claim claim(StepKey key, Object payload, Claim.Terms terms, Consumer<Handle> preparation) {
    String fingerprint = Fingerprint.of(payload);
    return transactions.in(
        tx -> {
          Optional<Claim> fresh =
              operations
                  .insertPending(tx, key, fingerprint, terms.lease())
                  .map(now -> new Claim.Held(key, 1, Claim.Mode.SEND, now, now, now));
          Claim claim =
              fresh.orElseGet(
                  () -> {
                    Operations.Row row = locked(tx, key);
                    requireSame(row.operation(), fingerprint);
                    return again(tx, row, terms);
                  });
          if (claim instanceof Claim.Held held && held.mode() == Claim.Mode.SEND) {
            preparation.accept(tx);
          }
          return claim;
        });
  }

  private Claim again(Handle tx, Operations.Row row, Claim.Terms terms) {
    Operation known = row.operation();
    StepKey key = known.key();
    if (known.state().isFinal()) {
      return new Claim.Settled(known.outcome());
    }
    if (known.state() == State.FENCED || (known.closed() && known.state() == State.NOT_EXECUTED)) {
      throw StepFailure.never(key, TOMBSTONE);
    }
    if (known.closed()) {
      Outcome doubt = Outcome.unknown(new Reason(FENCED, "the order is being taken back"));
      throw ApplicationFailure.newNonRetryableFailure(
          key + " is in doubt, and its undo settles it", doubt.state().name(), doubt);
    }
    refuseWhileLeased(row);
    boolean send =
        known.state() == State.NOT_EXECUTED
            || row.firstSentAt()
                .map(first -> row.now().isBefore(first.plus(terms.sameKeyWindow())))
                .orElse(false);
    return operations.take(tx, row, send ? Claim.Mode.SEND : Claim.Mode.ASK, terms.lease());
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
    return transactions.in(
        tx -> {
          operations.insertFenced(tx, forward, TOMBSTONE);
          operations.close(tx, List.of(forward));
          Operations.Row row = locked(tx, forward);
          State state = row.operation().state();
          if (state != State.PENDING && state != State.UNKNOWN) {
            return new Claim.Settled(row.operation().outcome());
          }
          refuseWhileLeased(row);
          return operations.take(tx, row, Claim.Mode.ASK, lease);
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
          Outcome kept =
              operations.writeHeld(tx, held, reported) ? reported : late(tx, held.key(), reported);
          alongside.accept(tx);
          return kept;
        });
  }

  private Outcome late(Handle tx, StepKey key, Outcome reported) {
    Operation known = locked(tx, key).operation();
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
      operations.insertDiscrepancy(tx, known, reported);
    }
    if (known.state().isFinal()) {
      return known.outcome();
    }
    operations.write(tx, key, reported);
    return reported;
  }

  /** What is known of one effect. */
  public Optional<Operation> find(StepKey key) {
    return transactions.read(tx -> operations.find(tx, key));
  }

  /** Everything done, or tried, for the order, oldest first. */
  public List<Operation> effects(OrderId order) {
    return transactions.read(tx -> effects(tx, order));
  }

  /** As {@link #effects(OrderId)}, in a transaction that has begun. */
  public List<Operation> effects(Handle tx, OrderId order) {
    return operations.ofOrder(tx, order);
  }

  /**
   * Fences forward effects: where there is no row, or a {@code NOT_EXECUTED} one, a tombstone; what
   * is {@code PENDING} or {@code UNKNOWN} is closed to further forward attempts. Waits for an
   * effect that is just being committed; read the {@link #effects} afterwards.
   */
  public void fence(Handle tx, Collection<StepKey> keys) {
    keys.stream()
        .sorted(Comparator.comparing(StepKey::toString))
        .forEach(key -> operations.insertFenced(tx, key, TOMBSTONE));
    operations.close(tx, keys);
  }

  /**
   * Records that an effect was done by other means. A declined key stays declined, and the next one
   * is recorded as done. Idempotent.
   *
   * @throws ApplicationFailure {@link StepFailure#never} when the key is fenced
   */
  public Outcome acceptAsDone(Handle tx, StepKey key) {
    return acceptAsDone(tx, key, Outcome.succeeded());
  }

  /**
   * As {@link #acceptAsDone(Handle, StepKey)}, with the other side's name for it.
   *
   * @param done {@code SUCCEEDED}
   */
  public Outcome acceptAsDone(Handle tx, StepKey key, Outcome done) {
    if (operations.insertAccepted(tx, key)) {
      operations.write(tx, key, done);
      return done;
    }
    Operation known = locked(tx, key).operation();
    return switch (known.state()) {
      case SUCCEEDED -> known.outcome();
      case DECLINED -> acceptAsDone(tx, key.next(), done);
      case FENCED -> throw StepFailure.never(key, TOMBSTONE);
      case PENDING, UNKNOWN, NOT_EXECUTED -> {
        operations.write(tx, key, done);
        yield done;
      }
    };
  }

  private Operations.Row locked(Handle tx, StepKey key) {
    return operations
        .lock(tx, key)
        .orElseThrow(() -> new IllegalStateException("no operation " + key));
  }

  private static void refuseWhileLeased(Operations.Row row) {
    Duration rest =
        row.leaseUntil().map(until -> Duration.between(row.now(), until)).orElse(Duration.ZERO);
    if (row.operation().state() == State.PENDING && rest.compareTo(Duration.ZERO) > 0) {
      throw StepFailure.unsettled(row.operation().key(), Outcome.pending(AT_WORK), rest);
    }
  }

  private static void requireSame(Operation known, String fingerprint) {
    if (known.fingerprint().isPresent() && !known.fingerprint().get().equals(fingerprint)) {
      throw ApplicationFailure.newNonRetryableFailure(
          known.key() + " was used before for something else", KEY_REUSED);
    }
  }
}
