package dev.orderflow.activities.inventory;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Handover;
import dev.orderflow.workflows.inventory.InventoryActivities;
import jakarta.inject.Singleton;

/**
 * Stock in our own tables. A shop with a stock service of its own installs another module that
 * binds {@link InventoryActivities}, and completes the order when the goods are committed.
 */
public final class InventoryModule extends AbstractModule {

  private final InventoryConfig config;

  public InventoryModule(InventoryConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(InventoryConfig.class).toInstance(config);
    bind(InventoryActivities.class).to(InventoryActivitiesImpl.class).in(Singleton.class);
    bind(StockStore.class);
    bind(Reservations.class);
    Multibinder.newSetBinder(binder(), Pin.class).addBinding().to(ReservationPin.class);
    Multibinder.newSetBinder(binder(), Handover.class).addBinding().to(ReservedGoods.class);
  }

  /** Gives back the stock of orders that were not paid in time. */
  @ProvidesIntoSet
  static ExpirySweep sweep(Transactions transactions, Reservations reservations) {
    return new ExpirySweep(
        "reservations", batch -> transactions.in(tx -> reservations.expire(tx, batch)));
  }
}
