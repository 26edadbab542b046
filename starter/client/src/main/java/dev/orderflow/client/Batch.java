package dev.orderflow.client;

import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Many orders, each thread taking the next when it has done with the last: no more of them are in
 * memory than threads, and fewer threads are at it while the service is overloaded.
 */
final class Batch<T> {

  /** So long may a service that is asked take nothing at all. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** For what is on its way when no more is taken. */
  private static final Duration GRACE = Duration.ofSeconds(6);

  private final Iterator<T> orders;
  private final Function<T, OrderDocument> reader;
  private final Function<OrderDocument, Placed> placing;
  private final PlaceListener<T> listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Patience patience;

  Batch(
      Iterator<T> orders,
      Function<T, OrderDocument> reader,
      Function<OrderDocument, Placed> placing,
      PlaceListener<T> listener) {
    this(orders, reader, placing, listener, new Patience(PATIENCE, System::nanoTime));
  }

  Batch(
      Iterator<T> orders,
      Function<T, OrderDocument> reader,
      Function<OrderDocument, Placed> placing,
      PlaceListener<T> listener,
      Patience patience) {
    this.orders = orders;
    this.reader = reader;
    this.placing = placing;
    this.listener = listener;
    this.patience = patience;
  }

  void run(int parallelism) {
    Throttle throttle = new Throttle(parallelism);
    ExecutorService threads = Executors.newFixedThreadPool(parallelism);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        running.add(threads.submit(() -> takeTurns(throttle)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      stopped.countDown();
      finish(threads);
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      finish(threads);
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Lets what is on its way arrive, so that each order is reported. */
  private static void finish(ExecutorService threads) {
    threads.shutdown();
    try {
      threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  /** Always ends with an answer, of which nobody wants more than whether it failed. */
  private Void takeTurns(Throttle throttle) throws InterruptedException {
    try {
      boolean more = true;
      while (more) {
        throttle.enter();
        try {
          Optional<T> order = next();
          more = order.isPresent();
          if (more) {
            place(order.get(), throttle);
          }
        } finally {
          throttle.leave();
        }
      }
      return null;
    } catch (RuntimeException | Error e) {
      stopped.countDown();
      throw e;
    }
  }

  private Optional<T> next() {
    synchronized (orders) {
      return isStopped() || !orders.hasNext() ? Optional.empty() : Optional.of(orders.next());
    }
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private void place(T order, Throttle throttle) throws InterruptedException {
    Optional<Placed> placed;
    try {
      placed = placed(reader.apply(order), throttle);
    } catch (InvalidOrderException | OrderKeyConflictException e) {
      listener.refused(order, e);
      return;
    }
    if (placed.isPresent()) {
      listener.placed(order, placed.get());
    }
  }

  /** Empty where it was put off until no more was wanted: it is not placed. */
  private Optional<Placed> placed(OrderDocument document, Throttle throttle)
      throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      int before = throttle.narrowed();
      long begin = System.nanoTime();
      try {
        Placed placed = placing.apply(document);
        patience.answered();
        throttle.answered(before, Duration.ofNanos(System.nanoTime() - begin));
        return Optional.of(placed);
      } catch (OrderKeyConflictException e) {
        patience.answered();
        throw e;
      } catch (RuntimeException e) {
        requireOverload(e);
      }
      if (throttle.narrow(before)) {
        listener.heldUp(throttle.allowed());
      }
      if (stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      pause = pause.multipliedBy(2);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
  }

  /** That no answer comes in time is overload only where one has come before. */
  private void requireOverload(RuntimeException e) {
    boolean overloaded =
        ServiceErrors.isOverloaded(e) || patience.wasAnswered() && ServiceErrors.isOutOfDeadline(e);
    if (!overloaded || patience.isOver()) {
      throw e;
    }
  }
}
