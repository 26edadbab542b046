package dev.orderflow.cli;

import java.util.regex.Pattern;
import picocli.CommandLine;

/** A wrong command line: one line that says what, one that says where to read on. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

  private static final Pattern INVALID =
      Pattern.compile(
          "^Invalid value for (?:positional parameter at index [0-9.*]+ \\(([^)]*)\\)"
              + "|option '([^']*)'(?: \\([^)]*\\))?): ");

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + plain(e.getMessage()));
    command.getErr().println("'" + name + " --help' shows what is possible.");
    return ExitCode.USAGE.code();
  }

  /** {@code --limit: …} instead of {@code Invalid value for option '--limit' (N): …}. */
  private static String plain(String message) {
    return INVALID
        .matcher(message)
        .replaceFirst("$1$2: ")
        .replaceFirst("^Error: Missing required argument", "Missing required argument")
        .replaceFirst("' is not an int$", "' is not a whole number");
  }
}
