package dev.orderflow.activities.order;

import dev.orderflow.activities.ledger.Operation;
import dev.orderflow.activities.ledger.Operation.State;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What an order's effects leave to fence and to undo. */
record UndoList(OrderId order, List<Operation> effects) {

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

  /** What is to be undone, the newest effect first. */
  List<Undo> undos() {
    return effects.stream()
        .filter(effect -> effect.state().mayHaveHappened())
        .sorted(Comparator.comparingLong(Operation::seq).reversed())
        .flatMap(effect -> undo(effect).stream())
        .toList();
  }

  private Optional<Undo> undo(Operation effect) {
    return effect.key().step().undo().flatMap(step -> undo(effect, step));
  }

  private Optional<Undo> undo(Operation effect, Step step) {
    Optional<Operation> last =
        of(step).stream().max(Comparator.comparingInt(undo -> undo.key().n()));
    if (last.isEmpty()) {
      return Optional.of(new Undo(StepKey.of(order, step), effect.key()));
    }
    StepKey key = last.get().key();
    return switch (last.get().state()) {
      case SUCCEEDED ->
          // Money that was reported after its undo had found none is given back by a further one.
          effect.updatedAt().isAfter(last.get().updatedAt())
              ? Optional.of(new Undo(key.next(), effect.key()))
              : Optional.empty();
      case DECLINED, FENCED -> Optional.of(new Undo(key.next(), effect.key()));
      case PENDING, UNKNOWN, NOT_EXECUTED -> Optional.of(new Undo(key, effect.key()));
    };
  }

  private List<Operation> of(Step step) {
    return effects.stream().filter(effect -> effect.key().step() == step).toList();
  }

  private Optional<Operation> find(StepKey key) {
    return effects.stream().filter(effect -> effect.key().equals(key)).findFirst();
  }
}
