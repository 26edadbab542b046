package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackRefused.Why;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whose callbacks a channel believes.
 *
 * @param webhookSecrets one, or two while the provider changes from one to the other
 * @param mode what this installation is: an event of the other one is refused
 * @param account ours at the provider; empty where it has no more than one
 */
public record CallbackTrust(List<Secret> webhookSecrets, Mode mode, Optional<String> account) {

  public CallbackTrust {
    webhookSecrets = List.copyOf(webhookSecrets);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(account, "account");
    if (webhookSecrets.isEmpty() || webhookSecrets.size() > 2) {
      throw new IllegalArgumentException(
          "webhook-secrets: " + webhookSecrets.size() + " is not 1 or 2");
    }
  }

  /** For the scheme {@code t=…,v1=…}. */
  public TimestampedSignature signature() {
    return new TimestampedSignature(webhookSecrets);
  }

  /**
   * Makes sure that an event is this installation's.
   *
   * @return the event
   * @throws CallbackRefused {@code NOT_OURS}
   */
  public CallbackEvent ours(CallbackEvent event) {
    if (event.mode() != mode) {
      throw new CallbackRefused(Why.NOT_OURS, "an event of mode " + event.mode() + ", not " + mode);
    }
    if (account.isPresent() && !account.equals(event.account())) {
      throw new CallbackRefused(Why.NOT_OURS, "an event of another account");
    }
    return event;
  }
}
