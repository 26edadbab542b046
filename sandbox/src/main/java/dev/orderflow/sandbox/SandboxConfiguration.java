package dev.orderflow.sandbox;

import dev.orderflow.sandbox.callback.CallbackTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the sandbox listens, always on 127.0.0.1, and keeps what it knows.
 *
 * @param httpPort 0 for any free one
 * @param smtpPort 0 for any free one
 * @param data folder, made if it is not there; one sandbox at a time
 * @param callbacks where the merchant is told of what happens later; nobody where absent
 * @param longestSilence after which a connection that hangs is closed
 */
public record SandboxConfiguration(
    int httpPort,
    int smtpPort,
    Path data,
    ApiKey apiKey,
    Optional<CallbackTarget> callbacks,
    Duration longestSilence) {

  public static final Duration DEFAULT_LONGEST_SILENCE = Duration.ofSeconds(60);
}
