package dev.orderflow.drill.callbacks;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What became of the requests. For many threads. */
final class Tally {

  private static final long LONGEST_MICROS = 120_000_000;

  /** Of requests that reached a live gateway: from when they should have been sent. */
  private final Histogram sinceDue = histogram();

  /** The same from when they were. */
  private final Histogram sinceSent = histogram();

  /** How late they were sent: the sender's own fault. */
  private final Histogram late = histogram();

  final AtomicLong sent = new AtomicLong();
  final AtomicLong notReached = new AtomicLong();
  final AtomicLong cutOff = new AtomicLong();
  final AtomicLong unansweredByLive = new AtomicLong();
  final AtomicLong repeats = new AtomicLong();
  private final Map<Integer, Long> statuses = new TreeMap<>();

  private static Histogram histogram() {
    return new ConcurrentHistogram(LONGEST_MICROS, 3);
  }

  void live(long due, long began, long end) {
    sinceDue.recordValue(micros(end - due));
    sinceSent.recordValue(micros(end - began));
    late.recordValue(micros(began - due));
  }

  synchronized void status(int status) {
    statuses.merge(status, 1L, Long::sum);
  }

  private static long micros(long nanos) {
    return Math.min(LONGEST_MICROS, Math.max(0, nanos / 1_000));
  }

  /** Milliseconds within which this share of them lay. */
  record Latency(double p50, double p95, double p99, double p999, double max) {

    static Latency of(Histogram histogram) {
      return new Latency(
          millis(histogram.getValueAtPercentile(50)),
          millis(histogram.getValueAtPercentile(95)),
          millis(histogram.getValueAtPercentile(99)),
          millis(histogram.getValueAtPercentile(99.9)),
          millis(histogram.getMaxValue()));
    }

    private static double millis(long micros) {
      return Math.round(micros / 10.0) / 100.0;
    }
  }

  Latency sinceDue() {
    return Latency.of(sinceDue);
  }

  Latency sinceSent() {
    return Latency.of(sinceSent);
  }

  Latency late() {
    return Latency.of(late);
  }

  synchronized Map<Integer, Long> statuses() {
    return new TreeMap<>(statuses);
  }
}
