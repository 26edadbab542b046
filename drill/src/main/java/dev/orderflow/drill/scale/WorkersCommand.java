package dev.orderflow.drill.scale;

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

/** {@code orderflow drill workers}. */
@Command(
    name = "workers",
    sortOptions = false,
    description = {
      "Measures how many orders a second one worker carries out while all its slots wait for a slow"
          + " provider, adds a second worker, and measures again.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:two workers were at least 1.7 times as fast as one",
      "1:they were not, or a part could not be started",
      "2:wrong usage",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
public final class WorkersCommand implements Callable<Integer> {

  @Option(
      names = "--orders-at-once",
      paramLabel = "N",
      description = "The slots of each worker, so few that they are the bound (default: 6).")
  private int ordersAtOnce = 6;

  @Option(
      names = "--answer",
      paramLabel = "TIME",
      description = "How long the provider takes for a payment, up to 1.5s (default: 1200ms).")
  private Duration answer = Duration.ofMillis(1_200);

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      description =
          "What is not measured after a worker has begun, while its JVM is cold (default: 30s).")
  private Duration settle;

  @Option(
      names = "--measured",
      paramLabel = "TIME",
      description = "For how long is measured with one worker, and with two (default: 60s).")
  private Duration measured;

  @Option(names = "--quick", description = "Measures for 30s.")
  private boolean quick;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    WorkersPlan plan = plan();
    return Ending.of(
        output,
        says -> {
          WorkersResult result = new WorkersDrill(plan, says).run();
          if (output.format() == Output.Format.TABLE) {
            output.table(result.table());
            output.line("");
            result.inWords().forEach(output::line);
            output.line("");
          }
          output.json(result);
          return result.passed();
        });
  }

  private WorkersPlan plan() {
    try {
      return new WorkersPlan(
          ordersAtOnce,
          answer,
          settle != null ? settle : Duration.ofSeconds(30),
          measured != null ? measured : Duration.ofSeconds(quick ? 30 : 60));
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }
}
