package dev.orderflow.activities.timeline;

import com.google.inject.AbstractModule;

/** What the ledger says of the time that orders took. */
public final class TimelineModule extends AbstractModule {

  @Override
  protected void configure() {
    bind(Timelines.class);
    bind(StageFigures.class);
  }
}
