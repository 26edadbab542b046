package dev.orderflow.cli;

import java.io.PrintWriter;

/** The one page that lists every command. */
final class HelpPage {

  static final String COMPLETION = "generate-completion";

  private static final String COMPLETION_DESCRIPTION = "Print a completion script for bash and zsh";

  private HelpPage() {}

  static void print(Commands commands, PrintWriter out) {
    out.println("Carries a shop's orders from placed to paid and handed over, or back.");
    out.println();
    out.println("Usage: orderflow COMMAND [OPTIONS] [ARGUMENTS]");
    out.println();
    out.println("Commands:");
    for (CommandProvider command : commands.all()) {
      row(out, command.name(), command.description());
    }
    row(out, "help", "Say more about a command: orderflow help COMMAND");
    row(out, COMPLETION, COMPLETION_DESCRIPTION);
    out.println();
    out.println("Every command knows --help, --verbose and, where it has results, --output json.");
    out.println();
    printExitCodes(out);
    out.flush();
  }

  static void printCompletion(PrintWriter out) {
    out.println("Usage: orderflow " + COMPLETION);
    out.println(COMPLETION_DESCRIPTION + ".");
    out.println();
    out.println("Example:");
    out.println("  source <(orderflow " + COMPLETION + ")");
    out.flush();
  }

  static void printExitCodes(PrintWriter out) {
    out.println("Exit codes:");
    for (ExitCode code : ExitCode.values()) {
      out.printf("  %3d  %s%n", code.code(), code.meaning());
    }
    out.flush();
  }

  private static void row(PrintWriter out, String name, String description) {
    out.printf("  %-20s %s%n", name, description);
  }
}
