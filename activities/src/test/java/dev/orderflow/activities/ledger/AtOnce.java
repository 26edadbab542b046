package dev.orderflow.activities.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several things at the same moment, each on a thread of its own. */
public final class AtOnce {

  private AtOnce() {}

  /** What one of them answered or threw. */
  public record Result<T>(T value, Throwable failure) {}

  /** Starts all at a barrier and returns what became of each, in the order given. */
  public static <T> List<Result<T>> run(List<? extends Callable<? extends T>> callables) {
    ExecutorService threads = Executors.newFixedThreadPool(callables.size());
    CyclicBarrier barrier = new CyclicBarrier(callables.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<? extends T> callable : callables) {
        futures.add(
            threads.submit(
                () -> {
                  barrier.await(10, TimeUnit.SECONDS);
                  return callable.call();
                }));
      }
      List<Result<T>> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(result(future));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> Result<T> result(Future<T> future) {
    try {
      return new Result<>(future.get(), null);
    } catch (ExecutionException e) {
      return new Result<>(null, e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
