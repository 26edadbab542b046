package dev.orderflow.activities.notification;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.ProvidesIntoSet;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Calls;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.payment.Balances;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/** What tells the customer, by mail over SMTP. Another {@link MailTransport} may be bound. */
public final class NotificationModule extends AbstractModule {
  private static final Set<Step> MESSAGES = EnumSet.of(Step.CONFIRM, Step.CORRECT);
  private static final Reason UNREPORTED =
      new Reason("SMTP_UNREPORTED", "The attempt ended with its worker; the mail may be sent.");

  private final NotificationConfig config;

  public NotificationModule(NotificationConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(NotificationConfig.class).toInstance(config);
    bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(AttemptKind.OF_THREAD);
    bind(MailTransport.class).to(SmtpTransport.class).in(Singleton.class);
    bind(Balances.class);
    bind(OrderSummaries.class);
    bind(NotificationActivities.class).to(NotificationActivitiesImpl.class).in(Singleton.class);
  }

  /**
   * An attempt that has not reported by its lease's end died with its worker. Where the order was
   * taken back nobody tries again, and the doubt is what is shown.
   */
  @ProvidesIntoSet
  static ExpirySweep unreported(Calls calls) {
    MessageStore messages = new MessageStore();
    return new ExpirySweep(
        "attempts at messages", batch -> calls.lapse(MESSAGES, UNREPORTED, batch, messages::enter));
  }
}
