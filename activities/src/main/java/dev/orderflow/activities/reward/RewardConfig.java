package dev.orderflow.activities.reward;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What customers can be thanked with.
 *
 * @param campaigns by unique name; none when absent
 */
public record RewardConfig(List<Campaign> campaigns) {

  public RewardConfig {
    campaigns = campaigns == null ? List.of() : List.copyOf(campaigns);
    Set<String> names = new HashSet<>();
    for (Campaign campaign : campaigns) {
      if (!names.add(campaign.name())) {
        throw new IllegalArgumentException("campaigns: '" + campaign.name() + "' is there twice");
      }
    }
  }

  public static RewardConfig defaults() {
    return new RewardConfig(null);
  }

  /** The campaign of that name. */
  public Optional<Campaign> campaign(String name) {
    return campaigns.stream().filter(campaign -> campaign.name().equals(name)).findFirst();
  }
}
