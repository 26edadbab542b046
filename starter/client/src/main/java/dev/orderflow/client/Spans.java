package dev.orderflow.client;

import java.time.Duration;

/** How a span of time is written for people. */
final class Spans {

  private Spans() {}

  /** For example {@code 1.5s} or {@code 2m}. */
  static String text(Duration span) {
    return span.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
