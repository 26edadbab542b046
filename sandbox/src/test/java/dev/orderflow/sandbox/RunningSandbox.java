package dev.orderflow.sandbox;

import dev.orderflow.sandbox.callback.CallbackTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A sandbox inside the test, listening on real sockets, over a folder that outlives it. */
public final class RunningSandbox implements AutoCloseable {

  public static final String KEY = "secret-of-the-test";

  private final Path folder;
  private final Duration longestSilence;
  private final Optional<CallbackTarget> callbacks;
  private final TurnableClock clock = new TurnableClock();
  private Sandbox sandbox;

  private RunningSandbox(Path folder, Optional<CallbackTarget> callbacks, Duration longestSilence) {
    this.folder = folder;
    this.callbacks = callbacks;
    this.longestSilence = longestSilence;
    this.sandbox = started();
  }

  /** Connections that hang are closed at once, which a caller sees as no answer. */
  public static RunningSandbox impatient(Path folder) {
    return new RunningSandbox(folder, Optional.empty(), Duration.ofMillis(50));
  }

  /** Connections that hang do so for longer than a test lasts. */
  public static RunningSandbox patient(Path folder) {
    return new RunningSandbox(folder, Optional.empty(), Duration.ofMinutes(10));
  }

  /** As {@link #patient}; it tells of what happens later. */
  public static RunningSandbox telling(Path folder, URI url) {
    CallbackTarget target = CallbackTarget.of(url, keyFile(folder));
    return new RunningSandbox(folder, Optional.of(target), Duration.ofMinutes(10));
  }

  public Caller caller() {
    return new Caller(sandbox.httpPort(), KEY);
  }

  public Caller stranger() {
    return new Caller(sandbox.httpPort(), "another-secret");
  }

  public int smtpPort() {
    return sandbox.smtpPort();
  }

  public TurnableClock clock() {
    return clock;
  }

  public Path data() {
    return folder.resolve("data");
  }

  public void restart() {
    sandbox.close();
    sandbox = started();
  }

  @Override
  public void close() {
    sandbox.close();
  }

  private Sandbox started() {
    return Sandbox.start(
        new SandboxConfiguration(
            0, 0, data(), ApiKey.in(keyFile(folder)), callbacks, longestSilence),
        clock);
  }

  /** A file that holds {@link #KEY}. */
  public static Path keyFile(Path folder) {
    try {
      return Files.writeString(folder.resolve("api-key"), KEY + "\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
