package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.payment.NextAction;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Follows an order until its saga is over. */
final class Following {

  private static final Duration FIRST_LOOK = Duration.ofMillis(500);
  private static final Duration LATER_LOOKS = Duration.ofSeconds(2);

  private final Service service;
  private final Reading reading;

  Following(Service service, Reading reading) {
    this.service = service;
    this.reading = reading;
  }

  /** What happened to a workflow while it was waited for. */
  private sealed interface Wait {
    /** It ended, with its result. */
    record Ended(OrderView view) implements Wait {}

    /** It was ended without a result, or is not there. */
    record NoResult() implements Wait {}

    /** It runs on. */
    record Running() implements Wait {}
  }

  OrderView result(OrderId orderId, Duration deadline, Consumer<OrderView> awaiting) {
    Optional<NextAction> told = Optional.empty();
    long end = System.nanoTime() + deadline.toNanos();
    Duration slice = FIRST_LOOK;
    boolean running = true;
    while (true) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.toMillis() <= 0) {
        throw service.unanswered("order " + orderId, deadline);
      }
      Wait wait = await(orderId.value(), shorter(slice, left));
      if (wait instanceof Wait.Ended ended) {
        return ended.view();
      }
      Optional<OrderView> now = look(orderId, end);
      if (now.filter(view -> view.status().isEnded()).isPresent()) {
        return now.get();
      }
      if (now.isPresent()) {
        requireRunning(running, orderId, now.get());
        tell(awaiting, now.get(), told);
        told = now.get().nextAction();
      }
      running = wait instanceof Wait.Running || isRunning(orderId.aftercare(), slice);
      slice = LATER_LOOKS;
    }
  }

  private static void tell(Consumer<OrderView> awaiting, OrderView now, Optional<NextAction> told) {
    if (now.nextAction().isPresent() && !told.equals(now.nextAction())) {
      awaiting.accept(now);
    }
  }

  /** Empty when nobody answered in time: it is asked again while the deadline is not over. */
  private Optional<OrderView> look(OrderId orderId, long end) {
    Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    try {
      return Optional.of(reading.show(orderId, left));
    } catch (DeadlineException e) {
      return Optional.empty();
    }
  }

  OrderView watch(OrderId orderId, Duration answer, Consumer<OrderView> listener) {
    Optional<OrderView> last = Optional.empty();
    boolean running = true;
    while (true) {
      OrderView now = reading.show(orderId, answer);
      if (!last.equals(Optional.of(now))) {
        listener.accept(now);
      }
      if (now.status().isEnded()) {
        return now;
      }
      requireRunning(running, orderId, now);
      last = Optional.of(now);
      running =
          isRunning(orderId.value(), FIRST_LOOK) || isRunning(orderId.aftercare(), FIRST_LOOK);
    }
  }

  /** Looked at once more after its workflows were over, the order still has no ending. */
  private static void requireRunning(boolean running, OrderId orderId, OrderView now) {
    if (!running) {
      throw new NotPossibleException(
          orderId,
          "its workflow was ended from outside while the order was "
              + now.status()
              + "; 'orderflow recover "
              + orderId
              + "' goes on from the ledger");
    }
  }

  private boolean isRunning(String workflowId, Duration slice) {
    return await(workflowId, slice) instanceof Wait.Running;
  }

  private Wait await(String workflowId, Duration slice) {
    return service.within(
        slice.plusSeconds(10), // the slice itself decides, where the service answers at all
        "workflow " + workflowId,
        () -> {
          try {
            return new Wait.Ended(
                service
                    .stub(workflowId)
                    .getResult(slice.toMillis(), TimeUnit.MILLISECONDS, OrderView.class));
          } catch (TimeoutException e) {
            return new Wait.Running();
          } catch (WorkflowFailedException | WorkflowNotFoundException e) {
            return new Wait.NoResult();
          }
        });
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
