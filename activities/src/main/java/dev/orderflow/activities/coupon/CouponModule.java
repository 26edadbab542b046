package dev.orderflow.activities.coupon;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.workflows.coupon.CouponActivities;
import jakarta.inject.Singleton;

/** Coupons in our own tables. */
public final class CouponModule extends AbstractModule {

  private final CouponConfig config;

  public CouponModule(CouponConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(CouponConfig.class).toInstance(config);
    bind(CouponActivities.class).to(CouponActivitiesImpl.class).in(Singleton.class);
    bind(CouponStore.class);
    bind(CouponUses.class);
    bind(Discounts.class).to(CouponStore.class);
    Multibinder.newSetBinder(binder(), Pin.class).addBinding().to(CouponUsePin.class);
  }

  /** Gives back the coupon uses of orders that were not paid in time. */
  @ProvidesIntoSet
  static ExpirySweep sweep(Transactions transactions, CouponUses uses) {
    return new ExpirySweep("coupon uses", batch -> transactions.in(tx -> uses.expire(tx, batch)));
  }
}
