package dev.orderflow.activities.payment;

import java.util.Objects;

/** A channel from a jar on the class path, with what its table says; printing shows no secret. */
public record PluggedChannel<C extends Record>(
    PaymentChannelProvider<C> provider, C configuration) {
  public PluggedChannel {
    Objects.requireNonNull(provider, "provider");
    Objects.requireNonNull(configuration, "configuration");
  }

  PaymentChannel open(String name) {
    PaymentChannel channel = provider.open(name, configuration);
    if (!channel.name().equals(name)) {
      throw new IllegalStateException(
          "The payment channel '" + name + "' calls itself '" + channel.name() + "'.");
    }
    return channel;
  }
}
