package dev.orderflow.worker.command;

import java.time.Duration;
import java.util.Locale;

/** Spans of time, as people compare them: two units at most. */
final class Elapsed {

  private Elapsed() {}

  /** For example {@code 12 ms}, {@code 3.2 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
  static String text(Duration span) {
    if (span.toMillis() < 1_000) {
      return span.toMillis() + " ms";
    }
    if (span.toSeconds() < 60) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1_000.0);
    }
    if (span.toMinutes() < 60) {
      return span.toMinutes() + " min " + span.toSecondsPart() + " s";
    }
    return span.toDays() < 2
        ? span.toHours() + " h " + span.toMinutesPart() + " min"
        : span.toDays() + " d " + span.toHoursPart() + " h";
  }
}
