package dev.orderflow.dev;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command clean up after Ctrl-C or SIGTERM: the thread that made this is interrupted, and
 * the JVM stays until this is closed, for two minutes at most.
 */
public final class OrderlyEnd implements AutoCloseable {
  private final CountDownLatch ended = new CountDownLatch(1);

  private OrderlyEnd() {}

  /** From now on the calling thread is interrupted when the JVM is asked to end. */
  public static OrderlyEnd ofThisThread() {
    var end = new OrderlyEnd();
    Thread worker = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end.ask(worker), "stop"));
    return end;
  }

  private void ask(Thread worker) {
    worker.interrupt();
    try {
      ended.await(2, TimeUnit.MINUTES);
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
