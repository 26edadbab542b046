package dev.orderflow.activities.payment;

import java.util.Optional;

/**
 * How orders are paid.
 *
 * @param defaultChannel the channel of orders that name none; {@code sandbox} when absent
 * @param waiting how the customer is waited for; as usual when absent
 * @param sandbox absent where the sandbox is not used
 */
public record PaymentConfig(
    String defaultChannel, WaitingConfig waiting, Optional<SandboxConfig> sandbox) {
  public PaymentConfig {
    defaultChannel = defaultChannel == null ? SandboxChannel.NAME : defaultChannel;
    waiting = waiting == null ? WaitingConfig.defaults() : waiting;
    sandbox = sandbox == null ? Optional.empty() : sandbox;
    if (defaultChannel.isBlank()) {
      throw new IllegalArgumentException("default-channel: must not be empty");
    }
  }

  /** Paid through no channel yet. */
  public static PaymentConfig defaults() {
    return new PaymentConfig(null, null, null);
  }

  /** Paid through the sandbox. */
  public static PaymentConfig of(SandboxConfig sandbox) {
    return new PaymentConfig(null, null, Optional.of(sandbox));
  }
}
