package dev.orderflow.client;

import java.time.Duration;

/**
 * How many orders may be placed at a time: half as many whenever the service is slow or says that
 * it is overloaded, and one more again after each round in which it was not.
 */
final class Throttle {

  /** The SDK waits that long at least before it asks again a service that was overloaded. */
  static final Duration SLOW = Duration.ofSeconds(1);

  private final int most;
  private int allowed;
  private int inside;
  private int inTime;
  private int narrowed;

  Throttle(int most) {
    this.most = most;
    this.allowed = most;
  }

  /** Waits for room; whoever was let in {@link #leave}s. */
  synchronized void enter() throws InterruptedException {
    while (inside >= allowed) {
      wait();
    }
    inside++;
  }

  synchronized void leave() {
    inside--;
    notifyAll();
  }

  /** How often it has become narrower: what was asked before that says nothing new. */
  synchronized int narrowed() {
    return narrowed;
  }

  synchronized int allowed() {
    return allowed;
  }

  /**
   * An answer came.
   *
   * @param before {@link #narrowed} when it was asked for
   */
  synchronized void answered(int before, Duration took) {
    if (took.compareTo(SLOW) >= 0) {
      narrow(before);
    } else if (allowed < most && ++inTime >= allowed) {
      allowed++;
      inTime = 0;
      notifyAll();
    }
  }

  /**
   * The service is overloaded.
   *
   * @param before {@link #narrowed} when it was asked
   * @return whether that was not known yet
   */
  synchronized boolean narrow(int before) {
    if (before != narrowed) {
      return false;
    }
    allowed = Math.max(1, allowed / 2);
    inTime = 0;
    narrowed++;
    return true;
  }
}
