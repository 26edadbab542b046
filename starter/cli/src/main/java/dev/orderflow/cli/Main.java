package dev.orderflow.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The one entry point, {@code orderflow}. Loads only the command that is chosen; the others are
 * names and one-line descriptions.
 */
public final class Main {

  static final String NAME = "orderflow";

  private final Commands commands;
  private final PrintWriter out;
  private final PrintWriter err;

  Main(Iterable<CommandProvider> providers, PrintWriter out, PrintWriter err) {
    this.commands = new Commands(providers);
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    quietLogs();
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int code = new Main(ServiceLoader.load(CommandProvider.class), out, err).run(args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Warnings only, on standard error; a command that serves may say otherwise before it logs. */
  private static void quietLogs() {
    String level = "org.slf4j.simpleLogger.defaultLogLevel";
    if (System.getProperty(level) == null) {
      System.setProperty(level, "warn");
    }
  }

  /** Runs one command line and returns its exit code. */
  int run(String... args) {
    String chosen = args.length == 0 || args[0].startsWith("-") ? "" : args[0];
    return switch (chosen) {
      case "" -> withoutCommand(List.of(args));
      case "help" -> help(List.of(args));
      case HelpPage.COMPLETION -> completion(List.of(args));
      default -> command(chosen, args);
    };
  }

  /** Nothing was typed, or an option first. */
  private int withoutCommand(List<String> args) {
    if (args.contains("--version") || args.contains("-V")) {
      out.println(NAME + " " + Version.text());
      return ExitCode.OK.code();
    }
    if (wantsHelp(args)) {
      HelpPage.print(commands, out);
      return ExitCode.OK.code();
    }
    Optional<String> later =
        args.stream().filter(arg -> commands.named(arg).isPresent()).findFirst();
    if (later.isPresent()) {
      err.println(
          "%s: the command comes first, as in '%1$s %s %s ...'"
              .formatted(NAME, later.get(), args.get(0)));
    } else if (args.isEmpty()) {
      HelpPage.print(commands, err);
    } else {
      err.println(
          "%s: '%s' is no command, and no option but --help and --version stands without one;"
                  .formatted(NAME, args.get(0))
              + " 'orderflow --help' lists the commands");
    }
    return ExitCode.USAGE.code();
  }

  private static boolean wantsHelp(List<String> args) {
    return args.contains("--help") || args.contains("-h");
  }

  private int help(List<String> args) {
    List<String> about = args.stream().filter(arg -> !arg.startsWith("-")).skip(1).toList();
    if (about.isEmpty() || about.equals(List.of("help"))) {
      HelpPage.print(commands, out);
      return ExitCode.OK.code();
    }
    if (about.equals(List.of("exit-codes"))) {
      HelpPage.printExitCodes(out);
      return ExitCode.OK.code();
    }
    if (about.get(0).equals(HelpPage.COMPLETION)) {
      return completion(List.of("--help"));
    }
    return command(
        about.get(0), Stream.concat(about.stream(), Stream.of("--help")).toArray(String[]::new));
  }

  private int completion(List<String> args) {
    if (wantsHelp(args)) {
      HelpPage.printCompletion(out);
      return ExitCode.OK.code();
    }
    CommandLine all = root();
    for (CommandProvider provider : commands.all()) {
      all.addSubcommand(provider.name(), provider.create());
    }
    out.println(picocli.AutoComplete.bash(NAME, all));
    return ExitCode.OK.code();
  }

  private int command(String name, String... args) {
    var provider = commands.named(name);
    if (provider.isEmpty()) {
      err.println(NAME + ": " + commands.unknown(name));
      return ExitCode.USAGE.code();
    }
    return root().addSubcommand(name, provider.get().create()).execute(args);
  }

  /** What is said to a group is not said to its commands: it would have no effect, unseen. */
  private static int execute(ParseResult parsed) {
    for (ParseResult group = parsed; group.hasSubcommand(); group = group.subcommand()) {
      for (OptionSpec option : group.matchedOptionsSet()) {
        if (!option.usageHelp()) {
          CommandLine command = group.subcommand().commandSpec().commandLine();
          throw new CommandLine.ParameterException(
              command, option.longestName() + ": goes behind '" + command.getCommandName() + "'");
        }
      }
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private CommandLine root() {
    return new CommandLine(new Root()) {
      @Override
      public CommandLine addSubcommand(String name, Object command) {
        CommandLine added = new CommandLine(command);
        CommonOptions.addTo(added.getCommandSpec());
        super.addSubcommand(name, added);
        // What is set reaches only the commands that are there.
        setCaseInsensitiveEnumValuesAllowed(true);
        setOut(out);
        setErr(err);
        Converters.registerWith(this);
        setParameterExceptionHandler(new UsageErrors());
        setExecutionExceptionHandler(new Failures());
        setExecutionStrategy(Main::execute);
        return this;
      }
    };
  }

  @CommandLine.Command(name = NAME)
  private static final class Root {}
}
