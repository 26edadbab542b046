package dev.orderflow.activities.inventory;

import java.time.Duration;

/**
 * How stock is reserved.
 *
 * @param reserveFor how long an unpaid order keeps its stock; 15 minutes when absent
 * @param payMargin how much of that must be left when money is asked for; a minute when absent
 */
public record InventoryConfig(Duration reserveFor, Duration payMargin) {

  public InventoryConfig {
    reserveFor = reserveFor == null ? Duration.ofMinutes(15) : reserveFor;
    payMargin = payMargin == null ? Duration.ofMinutes(1) : payMargin;
    if (payMargin.isNegative()) {
      throw new IllegalArgumentException("pay-margin: " + payMargin + " is below 0");
    }
    if (reserveFor.compareTo(payMargin) <= 0) {
      throw new IllegalArgumentException(
          "reserve-for: " + reserveFor + " is not longer than pay-margin, " + payMargin);
    }
  }

  public static InventoryConfig defaults() {
    return new InventoryConfig(null, null);
  }
}
