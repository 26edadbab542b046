package dev.orderflow.activities.audit;

import com.google.inject.AbstractModule;

/** What proves that the ledger agrees with itself. */
public final class AuditModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(Audit.class);
  }
}
