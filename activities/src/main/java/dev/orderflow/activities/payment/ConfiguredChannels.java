package dev.orderflow.activities.payment;

import dev.orderflow.activities.order.Channels;
import dev.orderflow.workflows.payment.PaymentWait;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** The channels that are bound, as orders need to know them. */
final class ConfiguredChannels implements Channels {
  private final PaymentConfig config;
  private final Map<String, PaymentChannel> channels;

  @Inject
  ConfiguredChannels(PaymentConfig config, Map<String, PaymentChannel> channels) {
    this.config = config;
    this.channels = channels;
  }

  @Override
  public String preferred() {
    return config.defaultChannel();
  }

  @Override
  public boolean offers(String channel) {
    return channels.containsKey(channel);
  }

  @Override
  public boolean canHold(String channel) {
    return channels.get(channel).abilities().steps() == Abilities.Steps.AUTHORIZE_AND_CAPTURE;
  }

  @Override
  public Optional<PaymentWait> waiting(String channel) {
    return Optional.ofNullable(channels.get(channel))
        .filter(known -> known.abilities().customer() == Abilities.Customer.ACTS)
        .map(known -> config.waiting().plan());
  }
}
