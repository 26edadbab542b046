package dev.orderflow.cli;

import dev.orderflow.workflows.order.Decision;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say who decides about an order, and why. For use as a mixin. */
final class Actor {

  @Mixin private WhoAndWhy person;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "In what capacity: ${COMPLETION-CANDIDATES} (default: OPERATOR)")
  private Decision.Role role = Decision.Role.OPERATOR;

  Decision decision() {
    return person.says((actor, reason) -> new Decision(actor, role, reason));
  }
}
