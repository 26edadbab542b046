package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Failures;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.List;

/** What is done once an order has its status: each on its own, none holds back another. */
final class FollowUps {

  private final OrderState state;
  private final List<Promise<?>> open = new ArrayList<>();

  FollowUps(OrderState state) {
    this.state = state;
  }

  void add(StepKey key, Promise<Outcome> followUp) {
    open.add(
        followUp.handle(
            (outcome, failure) -> {
              state.settled(key, failure == null ? outcome : givenUp(failure));
              return outcome;
            }));
  }

  boolean areSettled() {
    return open.stream().allMatch(Promise::isCompleted);
  }

  private static Outcome givenUp(RuntimeException failure) {
    if (failure instanceof ActivityFailure activity) {
      return Outcome.unknown(Failures.reason(activity));
    }
    throw failure;
  }
}
