package dev.orderflow.worker;

import com.google.inject.AbstractModule;
import dev.orderflow.activities.ledger.DatabaseModule;
import dev.orderflow.worker.config.WorkerConfig;

/** The activities' modules with their part of the configuration, and nothing of Temporal. */
public final class ActivitiesModule extends AbstractModule {

  private final WorkerConfig config;

  public ActivitiesModule(WorkerConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    install(new DatabaseModule(config.database()));
  }
}
