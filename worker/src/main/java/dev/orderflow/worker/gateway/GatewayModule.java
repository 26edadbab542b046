package dev.orderflow.worker.gateway;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import dev.orderflow.client.OrderClient;
import dev.orderflow.worker.config.CodecConfig;
import dev.orderflow.worker.config.GatewayConfig;
import dev.orderflow.worker.config.TemporalConfig;
import io.temporal.client.WorkflowClient;
import jakarta.inject.Singleton;

/** The gateway; the ledger and the channels come from the activities' modules. */
public final class GatewayModule extends AbstractModule {

  private final GatewayConfig gateway;
  private final CodecConfig codec;

  public GatewayModule(GatewayConfig gateway, CodecConfig codec) {
    this.gateway = gateway;
    this.codec = codec;
  }

  @Override
  protected void configure() {
    bind(GatewayConfig.class).toInstance(gateway);
    bind(CodecConfig.class).toInstance(codec);
    bind(Gateway.class).in(Singleton.class);
  }

  @Provides
  @Singleton
  static OrderClient orders(WorkflowClient client, TemporalConfig config) {
    return OrderClient.over(client, config.taskQueue());
  }

  @Provides
  @Singleton
  static Reports reports(OrderClient orders) {
    return orders::paymentReported;
  }
}
