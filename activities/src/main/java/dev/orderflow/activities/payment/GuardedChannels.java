package dev.orderflow.activities.payment;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;

/** The channels that are bound, each behind its guards, which all its callers share. */
@Singleton
public final class GuardedChannels {
  private final Map<String, GuardedChannel> channels;

  @Inject
  GuardedChannels(
      PaymentConfig config,
      Map<String, PaymentChannel> bound,
      ChannelSwitches switches,
      CallMeter meter) {
    channels =
        bound.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    channel ->
                        new GuardedChannel(
                            channel.getValue(),
                            new Guards(config.guard(channel.getKey()), Clock.systemUTC()),
                            () -> switches.of(channel.getKey()),
                            meter)));
  }

  /** By name. */
  public Map<String, PaymentChannel> byName() {
    return Map.copyOf(channels);
  }

  /** The same, as what they are. */
  Map<String, GuardedChannel> guarded() {
    return channels;
  }
}
