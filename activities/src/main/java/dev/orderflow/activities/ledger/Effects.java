package dev.orderflow.activities.ledger;

import dev.orderflow.workflows.order.OrderView.StepView;
import java.util.List;

/** What was done for an order, as it is shown. */
public final class Effects {

  private Effects() {}

  /** Without the tombstones: what never happened is nothing to show. */
  public static List<StepView> shown(List<Operation> effects) {
    return effects.stream()
        .filter(effect -> effect.state() != Operation.State.FENCED)
        .map(effect -> new StepView(effect.key(), effect.outcome(), effect.updatedAt()))
        .toList();
  }
}
