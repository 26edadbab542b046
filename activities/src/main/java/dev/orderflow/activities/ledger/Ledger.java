package dev.orderflow.activities.ledger;

import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepFailure;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ApplicationFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Remembers every effect by its key, so that each happens at most once, whatever is repeated, at
 * once or late.
 *
 * <ul>
 *   <li>An effect inside this database is carried out by {@link #once}: its row and the effect are
 *       one transaction.
 *   <li>A call to someone outside is {@linkplain Calls#claim claimed} in one transaction, made
 *       without any, and {@linkplain Calls#settle settled} in a second one.
 * </ul>
 *
 * For both, a key used before for something else is refused with {@link #KEY_REUSED}, and a key
 * with a tombstone with {@link StepFailure#never} and the reason {@link Reason#FENCED}; neither is
 * retried. A recorded {@code SUCCEEDED} or {@code DECLINED} never changes.
 */
@Singleton
public class Ledger {

  /** The type of the failure by which a key that was used for something else is refused. */
  public static final String KEY_REUSED = "KEY_REUSED";

  static final Reason TOMBSTONE =
      new Reason(Reason.FENCED, "closed before it was done, and never will be");

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
    Payload asked = Payload.of(payload);
    // A second copy waits here until the first has committed, and then finds its row.
    if (operations.insertSucceeded(tx, key, asked.fingerprint(), asked.forward())) {
      return keep(tx, key, effect.apply(tx));
    }
    Operation known = operations.locked(tx, key).operation();
    known.requireSame(asked.fingerprint());
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

  /** What is known of one effect. */
  public Optional<Operation> find(StepKey key) {
    return transactions.read(tx -> find(tx, key));
  }

  /** As {@link #find(StepKey)}, in a transaction that has begun. */
  public Optional<Operation> find(Handle tx, StepKey key) {
    return operations.find(tx, key);
  }

  /** The operation, locked until the transaction ends; it has a row. */
  public Operation lock(Handle tx, StepKey key) {
    return operations.locked(tx, key).operation();
  }

  /** The key of a further effect of that kind; nobody else takes it while the order is locked. */
  public StepKey fresh(Handle tx, OrderId order, Step step) {
    return new StepKey(order, step, operations.lastOf(tx, order, step) + 1);
  }

  /**
   * Records that an effect is not undone: under the undo's key or, where that was refused or is
   * another's, under a further one. Does nothing where the undo was begun and is not refused.
   * Idempotent.
   */
  public void giveUp(Handle tx, StepKey undo, StepKey forward, Reason why) {
    if (operations.insertGivenUp(tx, undo, forward, why)) {
      return;
    }
    Operation known = operations.locked(tx, undo).operation();
    boolean another = !known.forward().equals(Optional.of(forward));
    if (another || known.state() == State.DECLINED) {
      giveUp(tx, successor(tx, undo, Optional.of(forward)), forward, why);
    } else if (known.state() == State.NOT_EXECUTED) {
      operations.write(tx, undo, Outcome.notExecuted(why));
      operations.close(tx, List.of(undo));
    }
  }

  /** The newest key under which it was tried anew after that one, or a fresh one. */
  private StepKey successor(Handle tx, StepKey key, Optional<StepKey> forward) {
    return effects(tx, key.order()).stream()
        .filter(other -> other.forward().equals(forward))
        .map(Operation::key)
        .filter(other -> other.step() == key.step() && other.n() > key.n())
        .max(Comparator.comparingInt(StepKey::n))
        .orElseGet(() -> fresh(tx, key.order(), key.step()));
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
    return acceptAsDone(tx, key, Outcome.succeeded(), Optional.empty());
  }

  /**
   * As {@link #acceptAsDone(Handle, StepKey)}, with the other side's name for it.
   *
   * @param done {@code SUCCEEDED}
   * @param forward the effect that is taken back by it; absent where it is no undo, or its key has
   *     a row already
   */
  public Outcome acceptAsDone(Handle tx, StepKey key, Outcome done, Optional<StepKey> forward) {
    if (operations.insertAccepted(tx, key, forward)) {
      operations.write(tx, key, done);
      return done;
    }
    Operation known = operations.locked(tx, key).operation();
    return switch (known.state()) {
      case SUCCEEDED -> known.outcome();
      case DECLINED ->
          acceptAsDone(
              tx, successor(tx, key, known.forward()), done, known.forward().or(() -> forward));
      case FENCED -> throw StepFailure.never(key, TOMBSTONE);
      case PENDING, UNKNOWN, NOT_EXECUTED -> {
        operations.write(tx, key, done);
        yield done;
      }
    };
  }
}
