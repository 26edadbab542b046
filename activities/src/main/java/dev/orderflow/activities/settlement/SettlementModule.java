package dev.orderflow.activities.settlement;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;

/**
 * What providers settled. Declares the {@code Map<String, SettlementReports>} by channel, to which
 * an installation adds its own.
 */
public final class SettlementModule extends AbstractModule {

  @Override
  protected void configure() {
    MapBinder.newMapBinder(binder(), String.class, SettlementReports.class);
    bind(Differences.class);
    bind(Comparison.class);
    bind(Settlements.class);
  }
}
