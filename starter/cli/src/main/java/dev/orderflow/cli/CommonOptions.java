package dev.orderflow.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command and its parts have, added where they have none of their own. */
final class CommonOptions {

  private static final String HELP = "--help";
  private static final String VERBOSE = "--verbose";

  private CommonOptions() {}

  static void addTo(CommandSpec command) {
    if (command.findOption(HELP) == null) {
      command.addOption(
          OptionSpec.builder("-h", HELP)
              .usageHelp(true)
              .type(boolean.class)
              .description("Show this help")
              .build());
    }
    if (command.findOption(VERBOSE) == null) {
      command.addOption(
          OptionSpec.builder(VERBOSE)
              .type(boolean.class)
              .description("Show the stack trace of a failure")
              .build());
    }
    command.subcommands().values().forEach(part -> addTo(part.getCommandSpec()));
  }

  static boolean isVerbose(CommandSpec command) {
    OptionSpec option = command.findOption(VERBOSE);
    return option != null && Boolean.TRUE.equals(option.getValue());
  }
}
