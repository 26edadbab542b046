package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.UndoPlan.Undo;
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

/** What an order's effects leave to fence and to undo. */
public record UndoList(OrderId order, List<Operation> effects) {

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
   * a refusal, and those whose rows are not final. Empty once all are fenced.
   */
  List<StepKey> toFence() {
    List<StepKey> keys = new ArrayList<>();
    for (Step step : FORWARD) {
      int last = of(step).stream().mapToInt(o -> o.key().n()).max().orElse(0);
      for (int n = 1; n <= last; n++) {
        StepKey key = new StepKey(order, step, n);
        if (find(key).map(UndoList::isStillOpen).orElse(true)) {
          keys.add(key);
        }
      }
      StepKey next = new StepKey(order, step, last + 1);
      boolean nextIsFree =
          last == 0
              || find(new StepKey(order, step, last))
                  .map(o -> o.state() == State.DECLINED)
                  .orElse(false);
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
   * What is to be undone, the newest effect first. Each effect has undos of its own; what a refund
   * gave back at somebody's wish is not among them: the payment's undo gives back the rest.
   */
  public List<Undo> undos() {
    Map<Step, Integer> taken = new EnumMap<>(Step.class);
    return effects.stream()
        .filter(effect -> effect.state().mayHaveHappened())
        .sorted(Comparator.comparingLong(Operation::seq).reversed())
        .flatMap(effect -> undo(effect, taken).stream())
        .toList();
  }

  private Optional<Undo> undo(Operation effect, Map<Step, Integer> taken) {
    return effect.key().step().undo().flatMap(step -> undo(effect, step, taken));
  }

  private Optional<Undo> undo(Operation effect, Step step, Map<Step, Integer> taken) {
    Optional<Operation> last =
        of(step).stream()
            .filter(undo -> undo.forward().equals(Optional.of(effect.key())))
            .max(Comparator.comparingInt(undo -> undo.key().n()));
    if (last.filter(undo -> isDone(undo, effect)).isPresent()) {
      return Optional.empty();
    }
    StepKey key =
        last.filter(UndoList::isInUse).map(Operation::key).orElseGet(() -> fresh(step, taken));
    return Optional.of(new Undo(key, effect.key()));
  }

  /** Money that was reported after its undo had found none is given back by a further one. */
  private static boolean isDone(Operation undo, Operation effect) {
    return undo.state() == State.SUCCEEDED && !effect.updatedAt().isAfter(undo.updatedAt());
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
