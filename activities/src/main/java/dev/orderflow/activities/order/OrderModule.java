package dev.orderflow.activities.order;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.risk.Risk;
import dev.orderflow.workflows.order.OrderActivities;
import jakarta.inject.Singleton;

/**
 * Orders. Needs {@link Catalog}, {@link Discounts}, {@link Channels}, {@link PaymentRecord} and
 * {@link Risk} from other modules, and declares the set of {@link Handover}s.
 */
public final class OrderModule extends AbstractModule {

  private final OrderConfig config;

  public OrderModule(OrderConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(OrderConfig.class).toInstance(config);
    bind(Orders.class);
    bind(Acceptances.class);
    bind(ApprovalTime.class);
    bind(Assessor.class);
    bind(OrderReviews.class);
    bind(Generations.class);
    bind(Judgement.class);
    bind(Placements.class);
    bind(Pricing.class);
    bind(TakingBack.class);
    bind(OrderActivities.class).to(OrderActivitiesImpl.class).in(Singleton.class);
    requireBinding(Catalog.class);
    requireBinding(Discounts.class);
    requireBinding(Channels.class);
    requireBinding(PaymentRecord.class);
    requireBinding(Risk.class);
    Multibinder.newSetBinder(binder(), Handover.class);
    Multibinder.newSetBinder(binder(), Pin.class).addBinding().to(EndingPin.class);
  }
}
