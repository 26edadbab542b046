package dev.orderflow.drill.bench;

import java.time.Duration;
import java.util.List;

/**
 * What is measured, how often and for how long.
 *
 * @param rounds how often each variant has its turn
 * @param closed how long customers order again and again
 * @param open how long they come at intervals
 * @param warmUp orders of each variant before the first round; a tenth of it for the textbook, a
 *     fifth where the payment comes by callback
 * @param inFlight customers at once
 */
record BenchPlan(
    List<Variant> variants, int rounds, Duration closed, Duration open, long warmUp, int inFlight) {

  /** For the progress: the warm-up of a variant is so many steps. */
  static final int WARM_UP_STEPS = 5;

  /** Rates go on rising until a JVM has seen some thousands of orders. */
  static BenchPlan thorough(List<Variant> variants, int inFlight) {
    return new BenchPlan(
        variants, 5, Duration.ofSeconds(12), Duration.ofSeconds(8), 5_000, inFlight);
  }

  /** Within ten minutes, on two cores. */
  static BenchPlan quick(List<Variant> variants, int inFlight) {
    return new BenchPlan(
        variants, 3, Duration.ofSeconds(8), Duration.ofSeconds(5), 1_500, inFlight);
  }

  BenchPlan withRounds(int other) {
    return new BenchPlan(variants, other, closed, open, warmUp, inFlight);
  }

  BenchPlan withWarmUp(long other) {
    return new BenchPlan(variants, rounds, closed, open, other, inFlight);
  }

  long warmUp(Variant variant) {
    return switch (variant) {
      case TEXTBOOK -> warmUp / 10;
      // But for the waiting, all of it has been warmed up as healthy.
      case ASYNC, OTHER_ASYNC -> warmUp / 5;
      case FLOOR, HEALTHY, MIX, REMOTE, OTHER_HEALTHY, OTHER_REMOTE -> warmUp;
    };
  }

  int steps() {
    return variants.size() * (WARM_UP_STEPS + rounds);
  }
}
