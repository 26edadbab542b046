package dev.orderflow.cli;

import dev.orderflow.workflows.order.Decision;
import picocli.CommandLine.Option;

/** The options that say who decides, and why. For use as a mixin. */
final class Actor {

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it is kept with the order")
  private String reason;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who decides (default: the user of this computer)")
  private String actor = System.getProperty("user.name");

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "In what capacity: ${COMPLETION-CANDIDATES} (default: OPERATOR)")
  private Decision.Role role = Decision.Role.OPERATOR;

  Decision decision() {
    if (reason == null || reason.isBlank()) {
      throw new CliException(ExitCode.USAGE, "--reason: is missing; say why, it is kept");
    }
    try {
      return new Decision(actor, role, reason);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--" + e.getMessage());
    }
  }
}
