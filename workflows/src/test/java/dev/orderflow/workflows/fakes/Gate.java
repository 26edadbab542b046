package dev.orderflow.workflows.fakes;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where an activity stands still until the test lets it go on. */
public final class Gate {

  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** For the activity: says that it is here, and waits. */
  void pass() {
    arrived.countDown();
    await(open);
  }

  /** For the test: waits until an activity stands here. */
  public void awaitArrival() {
    await(arrived);
  }

  /** For the test: lets this one and all that follow go on. */
  public void open() {
    open.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody came");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
