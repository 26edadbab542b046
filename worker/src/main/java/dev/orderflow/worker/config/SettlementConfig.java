package dev.orderflow.worker.config;

import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * When yesterday's settlement reports are compared with the ledger.
 *
 * @param dailyAt a time of day in UTC, such as {@code 04:30}; never by itself when absent
 */
public record SettlementConfig(Optional<String> dailyAt) {

  public SettlementConfig {
    dailyAt = dailyAt == null ? Optional.empty() : dailyAt;
    dailyAt.ifPresent(SettlementConfig::parse);
  }

  public static SettlementConfig defaults() {
    return new SettlementConfig(null);
  }

  /** The time of day, in UTC. */
  public Optional<LocalTime> time() {
    return dailyAt.map(SettlementConfig::parse);
  }

  private static LocalTime parse(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "daily-at: '" + text + "' is not a time of day such as \"04:30\"");
    }
  }
}
