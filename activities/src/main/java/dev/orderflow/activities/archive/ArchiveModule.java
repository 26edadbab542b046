package dev.orderflow.activities.archive;

import com.google.inject.AbstractModule;

/** What moves ended orders out of the ledger's tables. */
public final class ArchiveModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(Archives.class);
  }
}
