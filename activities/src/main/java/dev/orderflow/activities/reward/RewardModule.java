package dev.orderflow.activities.reward;

import com.google.inject.AbstractModule;
import dev.orderflow.workflows.reward.RewardActivities;
import jakarta.inject.Singleton;

/** Thanks by coupon; needs the coupons' module. */
public final class RewardModule extends AbstractModule {

  private final RewardConfig config;

  public RewardModule(RewardConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(RewardConfig.class).toInstance(config);
    bind(RewardActivities.class).to(RewardActivitiesImpl.class).in(Singleton.class);
  }
}
