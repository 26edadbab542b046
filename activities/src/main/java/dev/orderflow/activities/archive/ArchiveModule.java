package dev.orderflow.activities.archive;

import com.google.inject.AbstractModule;

/** What moves ended orders out of the ledger. */
public final class ArchiveModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(ArchiveLock.class);
    bind(Archives.class);
  }
}
