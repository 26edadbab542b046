package dev.orderflow.activities.payment;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.order.PaymentRecord;
import dev.orderflow.activities.settlement.SettlementReports;
import dev.orderflow.workflows.payment.PaymentActivities;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/**
 * What moves money. An installation adds its own channels by {@link PaymentChannelProvider}s, or,
 * where it makes the injector itself, to the {@code MapBinder<String, PaymentChannel>}.
 */
public final class PaymentModule extends AbstractModule {
  private final PaymentConfig config;

  public PaymentModule(PaymentConfig config) {
    this.config = config;
  }

  @Override
  protected void configure() {
    bind(PaymentConfig.class).toInstance(config);
    bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(AttemptKind.OF_THREAD);
    Multibinder.newSetBinder(binder(), Pin.class);
    MapBinder<String, PaymentChannel> channels =
        MapBinder.newMapBinder(binder(), String.class, PaymentChannel.class);
    config
        .sandbox()
        .ifPresent(
            sandbox ->
                List.of(
                        SandboxChannel.answeringAtOnce(sandbox),
                        SandboxChannel.wallet(sandbox),
                        SandboxChannel.plain(sandbox))
                    .forEach(channel -> channels.addBinding(channel.name()).toInstance(channel)));
    config
        .channels()
        .forEach(
            (name, plugged) ->
                channels.addBinding(name).toProvider(() -> plugged.open(name)).in(Singleton.class));
    OptionalBinder.newOptionalBinder(binder(), CallMeter.class)
        .setDefault()
        .toInstance(CallMeter.none());
    bind(ChannelSwitches.class);
    bind(GuardedChannels.class);
    bind(ChannelFigures.class);
    bind(Disputes.class);
    bind(DoubtFigures.class);
    MapBinder<String, SettlementReports> reports =
        MapBinder.newMapBinder(binder(), String.class, SettlementReports.class);
    config
        .sandbox()
        .ifPresent(
            sandbox ->
                reports
                    .addBinding(SandboxChannel.NAME)
                    .toInstance(new SandboxSettlements(sandbox)));
    bind(Channels.class).to(ConfiguredChannels.class);
    bind(PaymentRecord.class).to(Balances.class);
    bindRoom();
    bind(PaymentActivities.class).to(PaymentActivitiesImpl.class).in(Singleton.class);
  }

  /** Who does what behind the activities. */
  private void bindRoom() {
    bind(Attempts.class);
    bind(Balances.class);
    bind(Bookkeeping.class);
    bind(CapturedByHand.class);
    bind(Captures.class);
    bind(Charges.class);
    bind(Closings.class);
    bind(DoneElsewhere.class);
    bind(Forwards.class);
    bind(Inquiries.class);
    bind(MovementBooks.class);
    bind(Observations.class);
    bind(ProviderCalls.class);
    bind(Receipts.class);
    bind(RefundDecisions.class);
    bind(Refunds.class);
    bind(Reversals.class);
    bind(Revivals.class);
    bind(Verifications.class);
    bind(Voids.class);
  }
}
