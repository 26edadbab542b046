package dev.orderflow.activities.payment.stripe;

import dev.orderflow.activities.ledger.Secret;
import dev.orderflow.activities.payment.CallLimits;
import dev.orderflow.activities.payment.CallbackEvent.Mode;
import dev.orderflow.activities.payment.CallbackTrust;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which Stripe account is used, and how much of us it may take.
 *
 * @param apiKey a secret key ({@code sk_}) or, better, a restricted one ({@code rk_}); required
 * @param mode what the key is for; when absent, what its prefix says; otherwise it must agree
 * @param webhookSecrets of the webhook endpoint, one, or two while they change; when absent no
 *     callback is believed, and payments are only asked about
 * @param apiBase {@code https://api.stripe.com} when absent
 * @param account the connected account that is acted for; absent for the key's own
 * @param returnUrl where the customer is sent after a redirect; without it only means of payment
 *     that need nothing of the customer are taken
 * @param localTimeout for all calls of a local attempt, at most 2.4 s; 2 s when absent
 * @param timeout for all calls of a regular attempt, at most 28 s; 20 s when absent
 * @param maxInFlight attempts at Stripe at once; 16 when absent
 */
public record StripeConfig(
    Secret apiKey,
    Mode mode,
    List<Secret> webhookSecrets,
    URI apiBase,
    Optional<String> account,
    Optional<URI> returnUrl,
    Duration localTimeout,
    Duration timeout,
    Integer maxInFlight) {
  private static final Pattern KEY = Pattern.compile("[sr]k_(test|live)_\\S+");
  private static final Pattern ACCOUNT = Pattern.compile("acct_[A-Za-z0-9]{1,60}");
  private static final Duration LONGEST_LOCAL = Duration.ofMillis(2_400);
  private static final Duration LONGEST = Duration.ofSeconds(28);

  public StripeConfig {
    if (apiKey == null) {
      throw new IllegalArgumentException("api-key: missing");
    }
    Mode ofKey = modeOf(apiKey);
    mode = mode == null ? ofKey : mode;
    if (mode != ofKey) {
      throw new IllegalArgumentException(
          "api-key: this is a key of Stripe's "
              + word(ofKey)
              + " mode, and mode = \""
              + word(mode)
              + "\"");
    }
    webhookSecrets = webhookSecrets == null ? List.of() : List.copyOf(webhookSecrets);
    if (webhookSecrets.size() > 2) {
      throw new IllegalArgumentException(
          "webhook-secrets: " + webhookSecrets.size() + " are more than 2");
    }
    apiBase = apiBase == null ? URI.create("https://api.stripe.com") : apiBase;
    requireWeb("api-base", apiBase);
    apiBase = URI.create(apiBase.toString().replaceAll("/+$", ""));
    account = account == null ? Optional.empty() : account;
    if (account.filter(id -> !ACCOUNT.matcher(id).matches()).isPresent()) {
      throw new IllegalArgumentException(
          "account: '" + account.get() + "' is not a Stripe account such as acct_1Ab2");
    }
    returnUrl = returnUrl == null ? Optional.empty() : returnUrl;
    returnUrl.ifPresent(url -> requireWeb("return-url", url));
    localTimeout = localTimeout == null ? Duration.ofSeconds(2) : localTimeout;
    timeout = timeout == null ? Duration.ofSeconds(20) : timeout;
    maxInFlight = maxInFlight == null ? 16 : maxInFlight;
    requireAtMost("local-timeout", localTimeout, LONGEST_LOCAL);
    requireAtMost("timeout", timeout, LONGEST);
    new CallLimits(localTimeout, timeout, maxInFlight);
  }

  /** The usual limits, at Stripe itself, without webhooks. */
  public static StripeConfig of(Secret apiKey) {
    return new StripeConfig(apiKey, null, null, null, null, null, null, null, null);
  }

  CallLimits limits() {
    return new CallLimits(localTimeout, timeout, maxInFlight);
  }

  /** Whose webhooks are believed; nobody's without a secret. */
  Optional<CallbackTrust> trust() {
    return webhookSecrets.isEmpty()
        ? Optional.empty()
        : Optional.of(new CallbackTrust(webhookSecrets, mode, account));
  }

  /** The key is not repeated, whatever is wrong with it. */
  private static Mode modeOf(Secret apiKey) {
    Matcher key = KEY.matcher(apiKey.reveal());
    if (!key.matches()) {
      throw new IllegalArgumentException(
          "api-key: a secret or restricted key of Stripe begins with"
              + " sk_test_, rk_test_, sk_live_ or rk_live_");
    }
    return key.group(1).equals("live") ? Mode.LIVE : Mode.TEST;
  }

  private static String word(Mode mode) {
    return mode == Mode.LIVE ? "live" : "test";
  }

  private static void requireWeb(String field, URI url) {
    if (url.getScheme() == null || !url.getScheme().matches("https?")) {
      throw new IllegalArgumentException(
          field + ": '" + url + "' is not a URL such as https://shop.example.org");
    }
  }

  private static void requireAtMost(String field, Duration value, Duration longest) {
    if (value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(field + ": " + value + " is more than " + longest);
    }
  }
}
