package dev.orderflow.client;

import dev.orderflow.workflows.order.InvalidOrderException;
import dev.orderflow.workflows.order.OrderDocument;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Many orders, each thread taking the next when it has done with the last: no more of them are in
 * memory than threads.
 */
final class Batch<T> {

  private final Iterator<T> orders;
  private final Function<T, OrderDocument> reader;
  private final Function<OrderDocument, Placed> placing;
  private final PlaceListener<T> listener;
  private volatile boolean stopped;

  Batch(
      Iterator<T> orders,
      Function<T, OrderDocument> reader,
      Function<OrderDocument, Placed> placing,
      PlaceListener<T> listener) {
    this.orders = orders;
    this.reader = reader;
    this.placing = placing;
    this.listener = listener;
  }

  void run(int parallelism) {
    ExecutorService threads = Executors.newFixedThreadPool(parallelism);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < parallelism; i++) {
        running.add(threads.submit(this::takeTurns));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      stopped = true;
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
      threads.awaitTermination(3, TimeUnit.SECONDS);
    } catch (InterruptedException again) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeTurns() {
    try {
      Optional<T> order = next();
      while (order.isPresent()) {
        place(order.get());
        order = next();
      }
    } catch (RuntimeException | Error e) {
      stopped = true;
      throw e;
    }
  }

  private Optional<T> next() {
    synchronized (orders) {
      return stopped || !orders.hasNext() ? Optional.empty() : Optional.of(orders.next());
    }
  }

  private void place(T order) {
    Placed placed;
    try {
      placed = placing.apply(reader.apply(order));
    } catch (InvalidOrderException | OrderKeyConflictException e) {
      listener.refused(order, e);
      return;
    }
    listener.placed(order, placed);
  }
}
