package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.util.HashSet;
import java.util.Set;

/**
 * The undos that a person had to decide about, and has released. A release is for one case: by what
 * is taken back and why it was held, so that it outlives a fresh key, and ends with the undo. The
 * next run asks anew.
 */
final class Releases {

  private record Release(StepKey forward, Reason why) {}

  private final Set<Release> released = new HashSet<>();

  /** Whether a person has to decide first. */
  boolean isHeld(UndoPlan.Undo undo) {
    return undo.held()
        .filter(why -> !released.contains(new Release(undo.forward(), why)))
        .isPresent();
  }

  void release(UndoPlan.Undo undo) {
    undo.held().ifPresent(why -> released.add(new Release(undo.forward(), why)));
  }

  /** The undo is done: another of the same effect is another case. */
  void done(UndoPlan.Undo undo) {
    undo.held().ifPresent(why -> released.remove(new Release(undo.forward(), why)));
  }
}
