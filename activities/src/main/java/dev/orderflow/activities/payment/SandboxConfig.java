package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Where the sandbox is and how much of us it may take.
 *
 * @param url of its API, required
 * @param apiKey required
 * @param webhookSecrets one, or two while it changes: they sign the callbacks; none is believed
 *     when absent
 * @param localTimeout for all calls of a local attempt, at most 2.4 s: its time limit is 2.5 s; 2 s
 *     when absent
 * @param timeout for all calls of a regular attempt, at most 28 s; 20 s when absent
 * @param maxInFlight attempts at the provider at once; 16 when absent
 */
public record SandboxConfig(
    URI url,
    Secret apiKey,
    List<Secret> webhookSecrets,
    Duration localTimeout,
    Duration timeout,
    Integer maxInFlight) {
  /** The sandbox's channels. */
  public static final Set<String> CHANNELS =
      Set.of(SandboxChannel.NAME, SandboxChannel.WALLET, SandboxChannel.PLAIN);

  private static final Duration LONGEST_LOCAL = Duration.ofMillis(2_400);
  private static final Duration LONGEST = Duration.ofSeconds(28);

  public SandboxConfig {
    if (url == null || url.getScheme() == null || !url.getScheme().matches("https?")) {
      throw new IllegalArgumentException(
          "url: '" + url + "' is not a URL such as http://127.0.0.1:8888");
    }
    if (apiKey == null) {
      throw new IllegalArgumentException("api-key: missing");
    }
    webhookSecrets = webhookSecrets == null ? List.of() : List.copyOf(webhookSecrets);
    if (webhookSecrets.size() > 2) {
      throw new IllegalArgumentException(
          "webhook-secrets: " + webhookSecrets.size() + " is more than 2");
    }
    url = URI.create(url.toString().replaceAll("/+$", ""));
    localTimeout = localTimeout == null ? Duration.ofSeconds(2) : localTimeout;
    timeout = timeout == null ? Duration.ofSeconds(20) : timeout;
    maxInFlight = maxInFlight == null ? 16 : maxInFlight;
    requireAtMost("local-timeout", localTimeout, LONGEST_LOCAL);
    requireAtMost("timeout", timeout, LONGEST);
    new CallLimits(localTimeout, timeout, maxInFlight);
  }

  /** The usual limits. */
  public static SandboxConfig of(URI url, Secret apiKey) {
    return new SandboxConfig(url, apiKey, null, null, null, null);
  }

  CallLimits limits() {
    return new CallLimits(localTimeout, timeout, maxInFlight);
  }

  private static void requireAtMost(String field, Duration value, Duration longest) {
    if (value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(field + ": " + value + " is more than " + longest);
    }
  }
}
