package dev.orderflow.drill.scale;

import java.time.Duration;

/**
 * What the workers have to do.
 *
 * @param ordersAtOnce of each worker: the slots that wait for the provider
 * @param answer how long the provider takes for each payment
 * @param settle what is not measured after a worker was added
 * @param measured for how long is measured
 */
record WorkersPlan(int ordersAtOnce, Duration answer, Duration settle, Duration measured) {

  /** How much faster two workers have to be than one. */
  static final double ASKED = 1.7;

  /** How many orders wait at any time, for each that both workers have room for. */
  private static final int WAITING = 3;

  WorkersPlan {
    require("--orders-at-once", ordersAtOnce, 2, 64);
    require("--answer, ms", answer.toMillis(), 1, 1_500);
    require("--settle, s", settle.toSeconds(), 0, 3_600);
    require("--measured, s", measured.toSeconds(), 1, 3_600);
  }

  private static void require(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          option + ": " + value + " is not within " + least + " to " + most);
    }
  }

  /** How many orders are placed and not carried out at any time. */
  int backlog() {
    return 2 * ordersAtOnce * WAITING;
  }

  /** How many orders a second the slots of one worker allow, if nothing else took any time. */
  double mostOfOne() {
    return ordersAtOnce * 1_000.0 / answer.toMillis();
  }
}
