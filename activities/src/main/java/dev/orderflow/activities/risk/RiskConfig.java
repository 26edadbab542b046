package dev.orderflow.activities.risk;

import java.util.List;

/**
 * What an installation thinks suspicious.
 *
 * @param velocity how much is too much, how fast; nothing is counted when absent
 */
public record RiskConfig(List<VelocityRule> velocity) {

  public RiskConfig {
    velocity = velocity == null ? List.of() : List.copyOf(velocity);
  }

  public static RiskConfig defaults() {
    return new RiskConfig(null);
  }
}
