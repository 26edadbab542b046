package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What is done once an order has its status: each on its own, none holds back another. */
final class FollowUps {

  private final OrderState state;
  private final List<Promise<?>> open = new ArrayList<>();
  private Optional<RuntimeException> bug = Optional.empty();

  FollowUps(OrderState state) {
    this.state = state;
  }

  void add(StepKey key, Promise<Outcome> followUp) {
    open.add(
        followUp.handle(
            (outcome, failure) -> {
              if (failure == null) {
                state.settled(key, outcome);
              } else if (failure instanceof ActivityFailure given) {
                state.settled(key, Outcome.unknown(Failures.reason(given)));
              } else {
                bug = Optional.of(failure);
              }
              return outcome;
            }));
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  boolean areSettled() {
    return open.stream().allMatch(Promise::isCompleted);
  }

  /**
   * Waits until {@code enough} comes true. A follow-up that failed by anything but its activity is
   * a bug, which is thrown here: it pauses the order.
   */
  void await(BooleanSupplier enough) {
    Workflow.await(() -> bug.isPresent() || enough.getAsBoolean());
    if (bug.isPresent()) {
      throw bug.get();
    }
  }
}
