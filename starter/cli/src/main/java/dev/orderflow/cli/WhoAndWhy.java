package dev.orderflow.cli;

import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** The options that say who wants something, and why. For use as a mixin. */
public final class WhoAndWhy {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why: required for whatever is decided, and kept")
  private String reason;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      description = "Who decides (default: the user of this computer)")
  private String actor = System.getProperty("user.name");

  /**
   * What is made of the actor and the reason.
   *
   * @param made throws {@link IllegalArgumentException}, with the option's name first, where it
   *     doesn't take one of them
   * @throws CliException {@code USAGE} then, and where no reason is given
   */
  public <T> T says(BiFunction<String, String, T> made) {
    if (reason == null || reason.isBlank()) {
      throw new CliException(ExitCode.USAGE, "--reason: is missing; say why, it is kept");
    }
    try {
      return made.apply(actor, reason);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--" + e.getMessage());
    }
  }
}
