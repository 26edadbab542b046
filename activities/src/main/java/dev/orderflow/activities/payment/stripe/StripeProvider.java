package dev.orderflow.activities.payment.stripe;

import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.PaymentChannelProvider;
import java.time.Clock;

/**
 * Brings {@code [payment.channels.stripe]}, and any other table with {@code provider = "stripe"}.
 */
public final class StripeProvider implements PaymentChannelProvider<StripeConfig> {
  @Override
  public String name() {
    return "stripe";
  }

  @Override
  public Class<StripeConfig> configuration() {
    return StripeConfig.class;
  }

  @Override
  public PaymentChannel open(String name, StripeConfig configuration) {
    return new StripeChannel(name, configuration, Clock.systemUTC());
  }
}
