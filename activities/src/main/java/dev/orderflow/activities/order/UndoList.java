package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an order's effects leave to fence and to undo. */
public record UndoList(OrderId order, List<Operation> effects) {

  /** The code of an undo that a person decided against. */
  public static final String GIVEN_UP = "GIVEN_UP";

  /** Money that came to the shop without a wish of ours, booked whenever it comes. */
  static final Set<Step> REPORTED =
      EnumSet.of(Step.RECEIVE, Step.REFUND_FAILED, Step.CHARGEBACK_REVERSED);

  /** Everything that must not happen any more once an order is taken back. */
  static final Set<Step> FORWARD =
      EnumSet.of(
          Step.COUPON_HOLD,
          Step.RESERVE,
          Step.AUTHORIZE,
          Step.CAPTURE,
          Step.CHARGE,
          Step.COMMIT,
          Step.COUPON_REDEEM,
          Step.GRANT,
          Step.CONFIRM);

  /**
   * The forward keys that a late attempt could still use: those without a row, up to the one after
   * a refusal and to that of the present generation, and those whose rows are not final. Empty once
   * all are fenced.
   */
  List<StepKey> toFence(int generation) {
    List<StepKey> keys = new ArrayList<>();
    for (Step step : FORWARD) {
      int last = of(step).stream().mapToInt(o -> o.key().n()).max().orElse(0);
      last = Math.max(last, generation);
      for (int n = 1; n <= last; n++) {
        StepKey key = new StepKey(order, step, n);
        if (find(key).map(UndoList::isStillOpen).orElse(true)) {
          keys.add(key);
        }
      }
      StepKey next = new StepKey(order, step, last + 1);
      boolean nextIsFree =
          find(new StepKey(order, step, last)).filter(o -> o.state() == State.DECLINED).isPresent();
      if (nextIsFree) {
        keys.add(next);
      }
    }
    return keys;
  }

  private static boolean isStillOpen(Operation operation) {
    return switch (operation.state()) {
      case PENDING, UNKNOWN -> !operation.closed();
      case NOT_EXECUTED -> true;
      case SUCCEEDED, DECLINED, FENCED -> false;
    };
  }

  /**
   * What is to be undone of an order that is taken back, the newest effect first. Each effect has
   * undos of its own; what a refund gave back at somebody's wish is not among them: the payment's
   * undo gives back the rest, and with it what has come back of a refund or a chargeback.
   */
  public List<Undo> undos() {
    List<Operation> all = notUndone().toList();
    Set<StepKey> keys = all.stream().map(Operation::key).collect(Collectors.toSet());
    return numbered(
        all.stream()
            .filter(
                effect ->
                    !cameBack(effect.key()) || effect.forward().filter(keys::contains).isEmpty()));
  }

  /**
   * What is to be undone although the order stands: refunds that came back, and of its payments,
   * asked for or not, those that are not wanted.
   *
   * @param unwanted whether a payment is one too many
   */
  public List<Undo> undosOfStanding(Predicate<Operation> unwanted) {
    return numbered(
        notUndone()
            .filter(
                effect ->
                    switch (effect.key().step()) {
                      case REFUND_FAILED -> true;
                      case CHARGE, CAPTURE, RECEIVE -> unwanted.test(effect);
                      default -> false;
                    }));
  }

  /**
   * Whether an effect is that money of a payment came back to the shop. Its forward is what took
   * the money.
   */
  public static boolean cameBack(StepKey effect) {
    return switch (effect.step()) {
      case REFUND_FAILED, CHARGEBACK_REVERSED -> true;
      default -> false;
    };
  }

  /** The first undo of an effect that was begun, or done; not one that was given up. */
  Optional<StepKey> firstUndo(StepKey effect) {
    return effects.stream()
        .filter(undo -> undo.forward().equals(Optional.of(effect)) && !isGivenUp(undo))
        .map(Operation::key)
        .filter(undo -> effect.step().undo().equals(Optional.of(undo.step())))
        .min(Comparator.comparingInt(StepKey::n));
  }

  private Stream<Operation> notUndone() {
    return effects.stream()
        .filter(effect -> effect.state().mayHaveHappened())
        .filter(effect -> effect.key().step().undo().isPresent())
        // A refund that came back before it was heard of: nothing was given back.
        .filter(e -> e.key().step() != Step.REFUND_FAILED || e.reason().isPresent())
        .filter(effect -> lastUndo(effect).filter(undo -> isOver(undo, effect)).isEmpty())
        .sorted(Comparator.comparingLong(Operation::seq).reversed());
  }

  private List<Undo> numbered(Stream<Operation> toUndo) {
    Map<Step, Integer> taken = new EnumMap<>(Step.class);
    return toUndo.map(effect -> undo(effect, taken)).toList();
  }

  private Undo undo(Operation effect, Map<Step, Integer> taken) {
    Optional<Operation> begun = lastUndo(effect).filter(UndoList::isInUse);
    // What was begun, a person has released before.
    return begun
        .map(undo -> new Undo(undo.key(), effect.key()))
        .orElseGet(
            () ->
                new Undo(
                    fresh(effect.key().step().undo().orElseThrow(), taken),
                    effect.key(),
                    held(effect)));
  }

  /** Why a person has to decide first: money that came otherwise than asked says so itself. */
  private Optional<Reason> held(Operation effect) {
    return REPORTED.contains(effect.key().step()) ? effect.reason() : disputed(effect);
  }

  private Optional<Reason> disputed(Operation effect) {
    return lastUndo(effect)
        .flatMap(Operation::reason)
        .filter(reason -> reason.code().equals(Reason.DISPUTED));
  }

  private Optional<Operation> lastUndo(Operation effect) {
    Step step = effect.key().step().undo().orElseThrow();
    return of(step).stream()
        .filter(undo -> undo.forward().equals(Optional.of(effect.key())))
        .max(Comparator.comparingInt(undo -> undo.key().n()));
  }

  /** Done or given up. What was reported after its undo had found none is undone once more. */
  private static boolean isOver(Operation undo, Operation effect) {
    return isGivenUp(undo)
        || (undo.state() == State.SUCCEEDED && !effect.updatedAt().isAfter(undo.updatedAt()));
  }

  private static boolean isGivenUp(Operation undo) {
    return undo.state() == State.FENCED
        && undo.reason().filter(reason -> reason.code().equals(GIVEN_UP)).isPresent();
  }

  private static boolean isInUse(Operation undo) {
    return switch (undo.state()) {
      case PENDING, UNKNOWN, NOT_EXECUTED -> true;
      case SUCCEEDED, DECLINED, FENCED -> false;
    };
  }

  private StepKey fresh(Step step, Map<Step, Integer> taken) {
    int last = of(step).stream().mapToInt(undo -> undo.key().n()).max().orElse(0);
    int n = taken.merge(step, last + 1, (before, ignored) -> before + 1);
    return new StepKey(order, step, n);
  }

  private List<Operation> of(Step step) {
    return effects.stream().filter(effect -> effect.key().step() == step).toList();
  }

  private Optional<Operation> find(StepKey key) {
    return effects.stream().filter(effect -> effect.key().equals(key)).findFirst();
  }
}
