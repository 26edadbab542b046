package dev.orderflow.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C, and SIGTERM, into an interrupt of the thread that works, and lets it finish its
 * sentence: the process ends when this is closed, or after some seconds. The process's exit code is
 * then the signal's, 130 or 143.
 */
public final class Interruption implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(8);

  private final Duration grace;

  private final Thread working = Thread.currentThread();
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "interruption");

  private Interruption(Duration grace) {
    this.grace = grace;
  }

  /** Of the calling thread, from now on. */
  public static Interruption ofThisThread() {
    return ofThisThread(GRACE);
  }

  /**
   * Of the calling thread, from now on.
   *
   * @param grace how long it may take to finish
   */
  public static Interruption ofThisThread(Duration grace) {
    Interruption interruption = new Interruption(grace);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void interrupt() {
    working.interrupt();
    try {
      finished.await(grace.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    finished.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // The hook is running, and now free to end.
    }
  }
}
