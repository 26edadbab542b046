package dev.orderflow.activities.catalog;

import com.google.inject.AbstractModule;
import dev.orderflow.activities.order.Catalog;

/** The catalog in a table of ours. A shop with its own installs another {@link Catalog}. */
public final class CatalogModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(CatalogStore.class);
    bind(Catalog.class).to(CatalogStore.class);
  }
}
