package dev.orderflow.worker;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.Abilities;
import dev.orderflow.activities.payment.Answer;
import dev.orderflow.activities.payment.CallBudget;
import dev.orderflow.activities.payment.CallLimits;
import dev.orderflow.activities.payment.PaymentChannel;
import dev.orderflow.activities.payment.PaymentChannelProvider;
import dev.orderflow.activities.payment.ProviderTransaction;
import dev.orderflow.activities.payment.Purchase;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.joda.money.Money;

/** A channel as a shop's own jar would bring it, of a provider that knows nothing. */
public final class AcmeProvider implements PaymentChannelProvider<AcmeProvider.Config> {

  /** What its table says. */
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
    if (config.url().getHost() == null) {
      throw new IllegalArgumentException("url: names no host");
    }
    return new Channel(name, config);
  }

  private record Channel(String name, Config config) implements PaymentChannel {
    @Override
    public Abilities abilities() {
      return new Abilities(
          Optional.of(Duration.ofDays(1)),
          Duration.ofMinutes(1),
          Duration.ofSeconds(30),
          Abilities.Steps.CHARGE_ONLY,
          Abilities.Fence.NONE,
          Abilities.Customer.ABSENT);
    }

    @Override
    public CallLimits limits() {
      return new CallLimits(Duration.ofSeconds(2), config.timeout(), 16);
    }

    private static Answer nothing() {
      return Answer.notExecuted(new Reason("not_found", "Nothing here."));
    }

    @Override
    public Answer authorize(StepKey key, Purchase purchase, CallBudget budget) {
      return nothing();
    }

    @Override
    public Answer charge(StepKey key, Purchase purchase, CallBudget budget) {
      return nothing();
    }

    @Override
    public Answer capture(StepKey key, ProviderTransaction authorization, CallBudget budget) {
      return nothing();
    }

    @Override
    public Answer voidAuthorization(
        StepKey key, ProviderTransaction authorization, CallBudget budget) {
      return nothing();
    }

    @Override
    public Answer refund(
        StepKey key, ProviderTransaction payment, Money amount, CallBudget budget) {
      return nothing();
    }

    @Override
    public Answer find(StepKey key, CallBudget budget) {
      return config.url().getHost().equals("silent")
          ? Answer.unknown(new Reason("NO_ANSWER", "Nobody answers."))
          : nothing();
    }

    @Override
    public Answer fetch(String reference, CallBudget budget) {
      return nothing();
    }
  }
}
