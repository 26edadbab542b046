package dev.orderflow.cli;

import dev.orderflow.client.Spelling;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/**
 * A wrong command line: one line that says what, one that says where to read on; between them what
 * there is to choose from.
 */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

  private static final String ONE_OF = "(specify one of these)";
  private static final String NAME_ONE = "name one of its commands:";

  private static final Pattern EXCLUDING =
      Pattern.compile("^Error: (.*) are mutually exclusive \\(specify only one\\)$");

  private static final Pattern INVALID =
      Pattern.compile(
          "^Invalid value for (?:positional parameter at index [0-9.*]+ \\(([^)]*)\\)"
              + "|option '([^']*)'(?: \\([^)]*\\))?): ");

  @Override
  public int handleParseException(CommandLine.ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    Optional<String> chosen = notThere(e);
    if (chosen.isPresent() || isGroupAlone(e)) {
      err.println(name + ": " + chosen.map(word -> unknown(command, word)).orElse(NAME_ONE));
      err.print(command.getHelp().commandList());
      err.println("'" + name + " COMMAND --help' says more.");
    } else {
      err.println(name + ": " + plain(e.getMessage()));
      choices(e).forEach(err::println);
      err.println("'" + name + " --help' shows what is possible.");
    }
    err.flush();
    return ExitCode.USAGE.code();
  }

  /** The word in the place of a command of a group. */
  private static Optional<String> notThere(CommandLine.ParameterException e) {
    boolean group = !e.getCommandLine().getSubcommands().isEmpty();
    return group && e instanceof CommandLine.UnmatchedArgumentException unmatched
        ? unmatched.getUnmatched().stream().findFirst().filter(word -> !word.startsWith("-"))
        : Optional.empty();
  }

  private static boolean isGroupAlone(CommandLine.ParameterException e) {
    return e.getMessage().startsWith("Missing required subcommand");
  }

  private static String unknown(CommandLine group, String word) {
    return "there is no '"
        + word
        + "'"
        + Spelling.nearest(word, group.getSubcommands().keySet())
            .map(near -> "; did you mean '" + near + "'?")
            .orElse("; there are:");
  }

  /** Of which one is missing, each with what it is. */
  private static List<String> choices(CommandLine.ParameterException e) {
    if (!(e instanceof CommandLine.MissingParameterException missing)
        || !e.getMessage().contains(ONE_OF)) {
      return List.of();
    }
    return missing.getMissing().stream()
        .map(arg -> "  " + typed(arg) + ": " + arg.description()[0])
        .toList();
  }

  private static String typed(CommandLine.Model.ArgSpec arg) {
    if (arg instanceof CommandLine.Model.OptionSpec option) {
      String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      return option.longestName() + value;
    }
    return arg.paramLabel();
  }

  /** {@code --limit: …} instead of {@code Invalid value for option '--limit' (N): …}. */
  private static String plain(String message) {
    Matcher excluding = EXCLUDING.matcher(message);
    if (excluding.matches()) {
      String named =
          excluding.group(1).replaceAll("=[^ ,]+", "").replaceFirst(", ([^,]+)$", " and $1");
      return named + " exclude each other; name one of them";
    }
    return INVALID
        .matcher(message)
        .replaceFirst("$1$2: ")
        .replaceFirst("^Unmatched arguments? (?:at|from) index [0-9]+: ", "too many arguments: ")
        .replaceFirst("^Error: Missing required argument", "Missing required argument")
        .replaceFirst(Pattern.quote("Missing required argument " + ONE_OF) + ".*", "give one of")
        .replaceFirst("' is not an int$", "' is not a whole number");
  }
}
