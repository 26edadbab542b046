package dev.orderflow.activities.notification;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.workflows.notification.NotificationActivities;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** What tells the customer, by mail over SMTP. Another {@link MailTransport} may be bound. */
public final class NotificationModule extends AbstractModule {
  private final NotificationConfig config;

  public NotificationModule(NotificationConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(NotificationConfig.class).toInstance(config);
    bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(AttemptKind.OF_THREAD);
    bind(MailTransport.class).to(SmtpTransport.class).in(Singleton.class);
    bind(OrderSummaries.class);
    bind(NotificationActivities.class).to(NotificationActivitiesImpl.class).in(Singleton.class);
  }
}
