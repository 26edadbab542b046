package dev.orderflow.drill.ledger;

import java.util.Arrays;

/**
 * How long something takes, asked several times.
 *
 * @param first as somebody meets it who has not asked for long
 * @param median of the later ones
 * @param worst of the later ones
 */
record Timed(String what, double first, double median, double worst) {

  private static final int TIMES = 7;

  static Timed of(String what, Runnable asked) {
    double first = millis(asked);
    double[] later = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      later[i] = millis(asked);
    }
    Arrays.sort(later);
    return new Timed(what, first, later[TIMES / 2], later[TIMES - 1]);
  }

  /** Of what takes long: asked once. */
  static Timed once(String what, Runnable asked) {
    double took = millis(asked);
    return new Timed(what, took, took, took);
  }

  private static double millis(Runnable asked) {
    long begin = System.nanoTime();
    asked.run();
    return Math.round((System.nanoTime() - begin) / 10_000.0) / 100.0;
  }
}
