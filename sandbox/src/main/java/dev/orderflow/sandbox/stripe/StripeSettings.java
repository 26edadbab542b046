package dev.orderflow.sandbox.stripe;

import dev.orderflow.sandbox.callback.CallbackTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * @param port 0 for any free one
 * @param journal where the objects are kept
 * @param apiKey what callers must present
 * @param webhooks who is told of events; nobody where absent
 * @param searchLag how long after a change search finds it
 */
public record StripeSettings(
    int port, Path journal, String apiKey, Optional<CallbackTarget> webhooks, Duration searchLag) {

  /** Without the key. */
  @Override
  public String toString() {
    return "StripeSettings[" + port + ", " + journal + "]";
  }
}
