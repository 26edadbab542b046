package dev.orderflow.drill.scale;

import java.time.Duration;

/**
 * What is placed, and by what.
 *
 * @param orders in the file
 * @param inFlight how many of them at a time
 * @param heapMegabytes of the process that places them
 */
record PlacePlan(int orders, int inFlight, int heapMegabytes) {

  /** How long nothing at all may happen. */
  static final Duration PATIENCE = Duration.ofMinutes(3);

  PlacePlan {
    within("--orders", orders, 2, 10_000_000);
    within("--in-flight", inFlight, 1, 1_000);
    within("--heap", heapMegabytes, 16, 1 << 20);
  }

  private static void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + ": " + value + " is not within " + least + " to " + most);
    }
  }
}
