package dev.orderflow.cli;

import picocli.CommandLine.Option;

/** The option that says how much of a list is shown. For use as a mixin. */
final class Limit {

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many to list at most (default: 50)")
  private int most = 50;

  /**
   * At least 1.
   *
   * @throws CliException when it is less
   */
  int most() {
    if (most < 1) {
      throw new CliException(ExitCode.USAGE, "--limit: " + most + " is below 1");
    }
    return most;
  }
}
