package dev.orderflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.client.ConnectionSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theHelpPageListsCommandsWithoutMakingThem() {
    int code = run("--help");

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("greet ", "Say hello", "broken ", "  3  an order document is refused");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void nothingTypedShowsTheHelpPageAsAUsageError() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: orderflow COMMAND");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
    assertThat(run("great")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("orderflow: there is no command 'great'; did you mean 'greet'?");
  }

  @Test
  void anOptionBeforeTheCommandIsAnsweredWithTheOrderThatIsUnderstood() {
    assertThat(run("--name", "you", "greet")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "orderflow: the command comes first, as in 'orderflow greet --name ...'");
  }

  @Test
  void anOptionWithoutACommandIsNamed() {
    assertThat(run("-v")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("orderflow: '-v' is no command, and no option but --help and --version")
        .hasLineCount(1);
  }

  @Test
  void theDocumentListsTheExitCodesThatThereAre() throws IOException {
    List<String> documented =
        Files.readAllLines(Path.of("..", "..", "docs", "cli.md")).stream()
            .filter(line -> line.matches("\\| [0-9]+ \\| .*"))
            .toList();

    assertThat(documented)
        .containsExactlyElementsOf(
            Stream.of(ExitCode.values())
                .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                .toList());
    assertThat(run("help", "exit-codes")).isZero();
    assertThat(out.toString().lines()).hasSize(documented.size() + 1);
  }

  @Test
  void onlyTheChosenCommandIsMade() {
    assertThat(run("greet", "--output", "JSON", "--name", "you")).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("{\"hello\":\"you\"}");
  }

  @Test
  void aWrongOptionIsAUsageErrorOfTwoLines() {
    assertThat(run("greet", "--nmae", "you")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "orderflow greet: Unknown options: '--nmae', 'you'",
            "'orderflow greet --help' shows what is possible.");
  }

  @Test
  void helpOfACommandShowsItsOptions() {
    assertThat(run("help", "greet")).isZero();
    assertThat(out.toString()).contains("Usage: orderflow greet", "--name", "--verbose");
  }

  @Test
  void aFailureIsOneLineAndItsCodeUnlessVerbose() {
    assertThat(run("greet", "--name", "nobody")).isEqualTo(5);
    assertThat(err.toString()).isEqualToIgnoringNewLines("orderflow greet: nobody is there");

    assertThat(run("greet", "--verbose", "--name", "nobody")).isEqualTo(5);
    assertThat(err.toString()).contains("CliException", "at dev.orderflow.cli.MainTest");
  }

  @Test
  void aCommandMayHaveItsOwnHelp() {
    assertThat(run("help", "own-help")).isZero();
    assertThat(out.toString()).contains("Usage: orderflow own-help", "--verbose");
  }

  @Test
  void completionKnowsTheOptionsOfEveryCommand() {
    assertThat(
            new Main(List.of(new Greet()), new PrintWriter(out, true), new PrintWriter(err, true))
                .run("generate-completion"))
        .isZero();
    assertThat(out.toString()).contains("complete -F", "greet", "--name");
  }

  @Test
  void theCompletionHasItsHelpTooAndHelpIsHelp() {
    assertThat(run("help", "generate-completion")).isZero();
    assertThat(run("generate-completion", "--help")).isZero();
    assertThat(out.toString().lines().filter(line -> line.startsWith("Usage:")))
        .containsExactly(
            "Usage: orderflow generate-completion", "Usage: orderflow generate-completion");
    assertThat(run("help", "help")).isZero();
    assertThat(out.toString()).contains("Usage: orderflow COMMAND");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aValueOfAnotherFormAndAWordTooManyAreEachOneSentence() {
    assertThat(run("group", "shrink", "--on", "foo")).isEqualTo(2);
    assertThat(run("group", "shrink", "--by", "foo")).isEqualTo(2);
    assertThat(run("group", "shrink", "foo", "bar")).isEqualTo(2);
    assertThat(err.toString().lines().filter(line -> !line.startsWith("'")))
        .containsExactly(
            "orderflow group shrink: --on: 'foo' is not a day such as 2024-07-01",
            "orderflow group shrink: --by: 'foo' is not a number such as 12.5",
            "orderflow group shrink: too many arguments: 'foo', 'bar'");
  }

  @Test
  void aGroupAloneListsItsCommands() {
    assertThat(run("group")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "orderflow group: name one of its commands:",
            "  grow    Make it larger",
            "  shrink  Make it smaller",
            "'orderflow group COMMAND --help' says more.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void anUnknownCommandOfAGroupIsAnsweredWithThoseThereAre() {
    assertThat(run("group", "growl")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("orderflow group: there is no 'growl'; did you mean 'grow'?")
        .contains("  shrink  Make it smaller");
  }

  @Test
  void anOptionOfAGroupHasNoEffectOnItsCommandsAndIsRefused() {
    assertThat(run("group", "--color", "red", "shrink")).isEqualTo(2);
    assertThat(err.toString()).startsWith("orderflow group shrink: --color: goes behind 'shrink'");
    assertThat(run("group", "shrink")).isZero();
  }

  @Test
  void ofSeveralOptionsThatOneIsMissingOfEachIsExplained() {
    assertThat(run("group", "grow")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("orderflow group grow: give one of")
        .contains(
            "  --token-file FILE: a file that holds", "  --token TOKEN: the provider's token");
  }

  record Group() implements CommandProvider {
    @Override
    public String name() {
      return "group";
    }

    @Override
    public String description() {
      return "Do one of two";
    }

    @Override
    public Object create() {
      return new GroupCommand();
    }
  }

  @Command(description = "Do one of two")
  static final class GroupCommand {
    @Option(names = "--color")
    String color;

    @Command(name = "grow", description = "Make it larger")
    int grow(@ArgGroup(multiplicity = "1") TokenOption token) {
      return 0;
    }

    @Command(name = "shrink", description = "Make it smaller")
    int shrink(@Option(names = "--on") LocalDate day, @Option(names = "--by") BigDecimal by) {
      return 0;
    }
  }

  private int run(String... args) {
    List<CommandProvider> providers =
        List.of(new Greet(), new Group(), new OwnHelp(), new Broken());
    return new Main(providers, new PrintWriter(out, true), new PrintWriter(err, true)).run(args);
  }

  @Test
  void aSpanOfTimeIsReadAsPeopleTypeIt() {
    assertThat(new SpanConverter().convert("90s")).hasSeconds(90);
    assertThat(new SpanConverter().convert("2m")).hasMinutes(2);
  }

  @Test
  void withoutAnyOptionTheUsualSettingsApply() {
    assertThat(new Connection().settings().taskQueue())
        .isEqualTo(ConnectionSettings.usual().taskQueue());
  }

  record Greet() implements CommandProvider {
    @Override
    public String name() {
      return "greet";
    }

    @Override
    public String description() {
      return "Say hello";
    }

    @Override
    public Object create() {
      return new GreetCommand();
    }
  }

  @Command(description = "Say hello")
  static final class GreetCommand implements Callable<Integer> {
    @Option(names = "--name")
    String name;

    @Mixin Output output;

    @Override
    public Integer call() {
      if (name.equals("nobody")) {
        throw new CliException(ExitCode.CONFLICT, "nobody is there");
      }
      output.json(java.util.Map.of("hello", name));
      return ExitCode.OK.code();
    }
  }

  record OwnHelp() implements CommandProvider {
    @Override
    public String name() {
      return "own-help";
    }

    @Override
    public String description() {
      return "Has the standard help options";
    }

    @Override
    public Object create() {
      return new OwnHelpCommand();
    }
  }

  @Command(mixinStandardHelpOptions = true)
  static final class OwnHelpCommand implements Callable<Integer> {
    @Override
    public Integer call() {
      return ExitCode.OK.code();
    }
  }

  record Broken() implements CommandProvider {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public String description() {
      return "Can't be made";
    }

    @Override
    public Object create() {
      throw new AssertionError("made although nobody chose it");
    }
  }
}
