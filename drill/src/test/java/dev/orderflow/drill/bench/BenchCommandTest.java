package dev.orderflow.drill.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.cli.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is asked of the benchmark, before anything starts. */
class BenchCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--variants FLOOR --other temporal.orders-at-once=8 | --variants has none of HEALTHY",
        "--variants OTHER_REMOTE                            | is said by --other",
        "--variants REMOTE,OTHER_REMOTE --other a.b=1       | is said by --other",
        "--other temporal.orders-at-once                    | is not TOML",
        "--in-flight 0                                      | --in-flight and --rounds are 1 or more"
      })
  void whatIsNotPossibleIsRefused(String options, String said) {
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new BenchCommand()).setErr(new PrintWriter(err));

    int exit = command.execute(options.split(" "));

    assertThat(exit).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString()).contains(said);
  }

  @Test
  void anotherWorkerCarriesWhatIsChosenOfItsKinds() {
    assertThat(Variant.withOthers(EnumSet.of(Variant.FLOOR, Variant.REMOTE)))
        .containsExactly(Variant.FLOOR, Variant.REMOTE, Variant.OTHER_REMOTE);
    assertThat(Variant.withOthers(Variant.originals())).containsExactly(Variant.values());
  }

  @Test
  void theHelpNamesWhatCanBeChosen() {
    assertThat(new CommandLine(new BenchCommand()).getUsageMessage())
        .contains("TEXTBOOK")
        .doesNotContain("OTHER_");
  }
}
