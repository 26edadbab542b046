package dev.orderflow.drill.scale;

import java.time.Duration;

/** Something that should go on, and for how long it has not. */
final class Standstill {

  private final Duration patience;
  private long last = -1;
  private long since = System.nanoTime();

  Standstill(Duration patience) {
    this.patience = patience;
  }

  /**
   * It stands so now.
   *
   * @param what has not happened, for the message
   * @throws IllegalStateException where nothing has changed for too long
   */
  void look(long now, String what) {
    if (now != last) {
      last = now;
      since = System.nanoTime();
    } else if (System.nanoTime() - since > patience.toNanos()) {
      throw new IllegalStateException(
          what + " within " + patience.toSeconds() + " s; it stands at " + now);
    }
  }
}
