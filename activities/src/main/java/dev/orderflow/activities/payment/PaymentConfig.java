package dev.orderflow.activities.payment;

import dev.orderflow.workflows.payment.ChannelName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How orders are paid.
 *
 * @param defaultChannel the channel of orders that name none; {@code sandbox} when absent
 * @param waiting how the customer is waited for; as usual when absent
 * @param sandbox absent where the sandbox is not used
 * @param channels those that jars on the class path bring, by name
 * @param routes the first one that fits an order says by which channels it is paid, or one drawn by
 *     weight of all that fit; an order that none fits is paid by the default channel
 * @param guards when a channel is left alone, by its name; as usual for those not named
 */
public record PaymentConfig(
    String defaultChannel,
    WaitingConfig waiting,
    Optional<SandboxConfig> sandbox,
    Map<String, PluggedChannel<?>> channels,
    List<RouteConfig> routes,
    Map<String, GuardConfig> guards) {
  public PaymentConfig {
    defaultChannel = defaultChannel == null ? SandboxChannel.NAME : defaultChannel;
    waiting = waiting == null ? WaitingConfig.defaults() : waiting;
    sandbox = sandbox == null ? Optional.empty() : sandbox;
    channels = channels == null ? Map.of() : Map.copyOf(channels);
    routes = routes == null ? List.of() : List.copyOf(routes);
    guards = guards == null ? Map.of() : Map.copyOf(guards);
    if (defaultChannel.isBlank()) {
      throw new IllegalArgumentException("default-channel: must not be empty");
    }
    channels.keySet().forEach(PaymentConfig::requireName);
  }

  private static void requireName(String channel) {
    if (!ChannelName.fits(channel)) {
      throw new IllegalArgumentException(
          "channels." + channel + ": a channel's name is " + ChannelName.RULE);
    }
    if (channel.equals(SandboxChannel.NAME) || channel.startsWith(SandboxChannel.NAME + "-")) {
      throw new IllegalArgumentException(
          "channels." + channel + ": such names are the sandbox's; choose another");
    }
  }

  GuardConfig guard(String channel) {
    return guards.getOrDefault(channel, GuardConfig.defaults());
  }

  /** Paid through no channel yet. */
  public static PaymentConfig defaults() {
    return new PaymentConfig(null, null, null, null, null, null);
  }

  /** Paid through the sandbox. */
  public static PaymentConfig of(SandboxConfig sandbox) {
    return new PaymentConfig(null, null, Optional.of(sandbox), null, null, null);
  }
}
