package dev.orderflow.drill.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What became of a {@link LoadRequest}.
 *
 * @param orders that ended as their variant says
 * @param failed that did not, or not within a minute
 * @param firstFailure why the first of those did not; empty where there is none
 * @param ordersPerSecond that ended, without the first moments and the last ones, in which not
 *     everybody is served
 * @param sample ids of some workflows, which follow one another
 */
record LoadResult(
    long orders,
    long failed,
    String firstFailure,
    double ordersPerSecond,
    Latencies latencies,
    List<String> sample) {

  /**
   * From the (intended) start to the known end, in milliseconds.
   *
   * @param p50 half of them took no longer
   */
  record Latencies(double p50, double p95, double p99) {

    /** Of a histogram of microseconds. */
    static Latencies of(Histogram micros) {
      return new Latencies(at(micros, 50), at(micros, 95), at(micros, 99));
    }

    private static double at(Histogram micros, double percentile) {
      return Math.round(micros.getValueAtPercentile(percentile) / 10.0) / 100.0;
    }
  }

  long all() {
    return orders + failed;
  }
}
