package dev.orderflow.dev;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets a command clean up after Ctrl-C or SIGTERM: the thread that made this is interrupted, and
 * the JVM stays until this is closed, for two minutes at most.
 */
public final class OrderlyEnd implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final BooleanSupplier success;

  private OrderlyEnd(BooleanSupplier success) {
    this.success = success;
  }

  /**
   * From now on the calling thread is interrupted when the JVM is asked to end. The exit code is
   * the signal's, 130 or 143.
   */
  public static OrderlyEnd ofThisThread() {
    return ofThisThread(() -> false);
  }

  /**
   * As the other.
   *
   * @param success asked when the end begins: whether it is one that was wanted, and therefore ends
   *     with exit code 0 whatever signal brought it
   */
  static OrderlyEnd ofThisThread(BooleanSupplier success) {
    var end = new OrderlyEnd(success);
    Thread worker = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end.ask(worker), "stop"));
    return end;
  }

  private void ask(Thread worker) {
    boolean wanted = success.getAsBoolean();
    worker.interrupt();
    try {
      if (ended.await(2, TimeUnit.MINUTES) && wanted) {
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is cleaned up. */
  @Override
  public void close() {
    ended.countDown();
  }
}
