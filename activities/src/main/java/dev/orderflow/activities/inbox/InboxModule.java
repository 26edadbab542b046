package dev.orderflow.activities.inbox;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.orderflow.activities.ledger.ExpirySweep;

/** What providers tell us by themselves, until the orders were told. */
public final class InboxModule extends AbstractModule {

  private final InboxConfig config;

  public InboxModule(InboxConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(InboxConfig.class).toInstance(config);
    bind(InboxStore.class);
    bind(Inbox.class);
    bind(CallbackLags.class);
  }

  /** Forgets events whose orders were told long ago. */
  @ProvidesIntoSet
  static ExpirySweep delivered(Inbox inbox, InboxConfig config) {
    return new ExpirySweep(
        "delivered callbacks", batch -> inbox.forgetDelivered(config.keepFor(), batch));
  }

  /** Forgets events that were closed long ago. */
  @ProvidesIntoSet
  static ExpirySweep closed(Inbox inbox, InboxConfig config) {
    return new ExpirySweep(
        "closed callbacks", batch -> inbox.forgetClosed(config.keepFor(), batch));
  }
}
