package dev.orderflow.drill.callbacks;

import dev.orderflow.cli.Output;
import dev.orderflow.drill.Ending;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orderflow drill callbacks}. */
@Command(
    name = "callbacks",
    sortOptions = false,
    description = {
      "Sends callbacks, many copies of each, to two gateways of which one is killed now and then:"
          + " measures how soon they are answered, and checks that each is applied exactly once.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every event was applied exactly once",
      "1:one was lost or applied twice, or a part could not be started",
      "2:wrong usage",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
public final class CallbacksCommand implements Callable<Integer> {

  @Option(names = "--rate", paramLabel = "N", description = "Requests a second (default: 500).")
  private Integer rate;

  @Option(
      names = "--copies",
      paramLabel = "N",
      description = "How often each event is sent (default: 10).")
  private int copies = 10;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "For how long is measured, in whole seconds (default: 60s).")
  private Duration duration;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      description = "What is sent before is checked but not measured (default: 5s).")
  private Duration warmUp = Duration.ofSeconds(5);

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "How often one of the gateways is killed (default: 2).")
  private Integer kills;

  @Option(
      names = "--orders",
      paramLabel = "N",
      description = "Orders the events are about (default: one for each event).")
  private Integer orders;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the order in which the copies are sent.")
  private Long seed;

  @Option(names = "--quick", description = "100 a second for 10 s, one kill.")
  private boolean quick;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    CallbacksPlan plan = plan();
    return Ending.of(
        output,
        says -> {
          CallbacksResult result = new CallbacksDrill(plan, says).run();
          if (output.format() == Output.Format.TABLE) {
            output.table(result.latencies());
            output.line("");
            output.table(result.counts());
            output.line("");
          }
          output.json(result);
          return result.passed();
        });
  }

  private CallbacksPlan plan() {
    int perSecond = given(rate, quick ? 100 : 500);
    Duration measured = given(duration, Duration.ofSeconds(quick ? 10 : 60));
    try {
      return new CallbacksPlan(
          perSecond,
          copies,
          measured,
          warmUp,
          given(kills, quick ? 1 : 2),
          given(orders, Integer.MAX_VALUE),
          given(seed, System.nanoTime()));
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }

  private static <T> T given(T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
