package dev.orderflow.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The option that says how long a command waits for an order. For use as a mixin. */
final class Deadline {

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "How long to wait for an order, such as 30s or 5m (default: 60s)")
  private Duration patience = Duration.ofSeconds(60);

  Duration patience() {
    return patience;
  }
}
