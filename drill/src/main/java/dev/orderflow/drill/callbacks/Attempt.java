package dev.orderflow.drill.callbacks;

import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/**
 * One request that is to be sent.
 *
 * @param dueNanos when, by {@link System#nanoTime}
 * @param gateway to which, counted from 0
 * @param tries how often the same was sent before
 * @param measured whether it counts in the figures
 */
record Attempt(Event event, long dueNanos, int gateway, int tries, boolean measured)
    implements Delayed {

  private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int MOST_DOUBLINGS = 4;

  /** The same to the other gateway, after a pause. */
  Attempt again(int gateways) {
    long pause = FIRST_PAUSE << Math.min(tries, MOST_DOUBLINGS);
    return new Attempt(
        event, System.nanoTime() + pause, (gateway + 1) % gateways, tries + 1, measured);
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(dueNanos, ((Attempt) other).dueNanos);
  }
}
