package dev.orderflow.worker;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.OptionalBinder;
import dev.orderflow.activities.payment.CallMeter;
import dev.orderflow.activities.probe.ProbeActivitiesImpl;
import dev.orderflow.activities.probe.ProbeOrders;
import dev.orderflow.activities.settlement.OrderHints;
import dev.orderflow.activities.settlement.ReconcileActivitiesImpl;
import dev.orderflow.worker.config.TemporalConfig;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.worker.gateway.GatewayModule;
import dev.orderflow.worker.metrics.ChannelMetrics;
import dev.orderflow.worker.metrics.ProbeMetrics;
import dev.orderflow.workflows.probe.ProbeActivities;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Singleton;

/**
 * Everything a worker is made of. The activities are bound as their interfaces, so that a module
 * that overrides this one can decorate them.
 */
final class WorkerModule extends AbstractModule {

  private final WorkerConfig config;
  private final WorkflowClient client;
  private final PrometheusMeterRegistry meters;

  WorkerModule(WorkerConfig config, WorkflowClient client, PrometheusMeterRegistry meters) {
    this.config = config;
    this.client = client;
    this.meters = meters;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().disableCircularProxies();
    bind(TemporalConfig.class).toInstance(config.temporal());
    bind(WorkflowClient.class).toInstance(client);
    install(new ActivitiesModule(config));
    config.gateway().ifPresent(gateway -> install(new GatewayModule(gateway, config.codec())));
    bind(PrometheusMeterRegistry.class).toInstance(meters);
    bind(MeterRegistry.class).toInstance(meters);
    OptionalBinder.newOptionalBinder(binder(), CallMeter.class)
        .setBinding()
        .to(ChannelMetrics.class)
        .in(Singleton.class);
    bind(ReconcileActivities.class).to(ReconcileActivitiesImpl.class).in(Singleton.class);
    bind(OrderHints.class).to(ClientHints.class).in(Singleton.class);
    bind(ProbeActivities.class).to(ProbeActivitiesImpl.class).in(Singleton.class);
    bind(ProbeOrders.class).to(ClientProbeOrders.class).in(Singleton.class);
    bind(ProbeMetrics.class).asEagerSingleton();
    bind(Sweeper.class).in(Singleton.class);
    bind(OrderWorker.class).in(Singleton.class);
  }
}
