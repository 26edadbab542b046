package dev.orderflow.activities.payment.example;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.PaymentChannelProvider;
import java.net.URI;
import java.time.Duration;

/** Brings the channel {@code acme}. */
public final class AcmeProvider implements PaymentChannelProvider<AcmeProvider.Config> {

  /** The table {@code [payment.channels.acme]}. */
  public record Config(URI url, Secret apiKey, Duration timeout) {
    public Config {
      timeout = timeout == null ? Duration.ofSeconds(20) : timeout;
      if (timeout.compareTo(Duration.ofSeconds(28)) > 0) {
        throw new IllegalArgumentException("timeout: " + timeout + " is more than 28 s");
      }
    }
  }

  @Override
  public String name() {
    return "acme";
  }

  @Override
  public Class<Config> configuration() {
    return Config.class;
  }

  @Override
  public PaymentChannel open(String name, Config config) {
    return new AcmeChannel(name, config);
  }
}
