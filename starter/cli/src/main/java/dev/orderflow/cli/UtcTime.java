package dev.orderflow.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Instants as people read them, everywhere the same: in UTC, as logs and providers have them. */
public final class UtcTime {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private UtcTime() {}

  /** For example {@code 2026-01-31 09:05:00Z}. */
  public static String text(Instant instant) {
    return FORM.format(instant);
  }
}
