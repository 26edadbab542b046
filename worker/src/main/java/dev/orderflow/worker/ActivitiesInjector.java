package dev.orderflow.worker;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.worker.config.WorkerConfig;

/** The activities' parts without a worker, for commands that speak with the ledger directly. */
final class ActivitiesInjector implements AutoCloseable {

  private final Injector injector;

  private ActivitiesInjector(Injector injector) {
    this.injector = injector;
  }

  static ActivitiesInjector open(WorkerConfig config) {
    return new ActivitiesInjector(Guice.createInjector(new ActivitiesModule(config)));
  }

  <T> T get(Class<T> type) {
    return injector.getInstance(type);
  }

  @Override
  public void close() {
    injector.getInstance(HikariDataSource.class).close();
  }
}
