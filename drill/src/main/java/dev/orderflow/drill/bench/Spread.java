package dev.orderflow.drill.bench;

import java.util.Collection;
import java.util.Locale;

/** A figure over all rounds. */
record Spread(double median, double min, double max) {

  static Spread of(Collection<Double> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(rounded(median), rounded(sorted[0]), rounded(sorted[sorted.length - 1]));
  }

  static double rounded(double value) {
    double unit = Math.abs(value) >= 1000 ? 1 : 1000;
    return Math.round(value * unit) / unit;
  }

  /** With its extremes, such as {@code 98.1 (95.0-101.3)}. */
  String withExtremes(int decimals) {
    return "%s (%s-%s)"
        .formatted(print(median, decimals), print(min, decimals), print(max, decimals));
  }

  String print(int decimals) {
    return print(median, decimals);
  }

  static String print(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
