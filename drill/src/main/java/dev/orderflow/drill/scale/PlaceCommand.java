package dev.orderflow.drill.scale;

import dev.orderflow.cli.Output;
import dev.orderflow.drill.Ending;
import dev.orderflow.drill.machine.TemporalOption;
import dev.orderflow.drill.machine.TemporalServer;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orderflow drill place}. */
@Command(
    name = "place",
    sortOptions = false,
    description = {
      "Places a file of many orders by 'orderflow place' with a small heap, kills that process in"
          + " the middle, runs the same command again, and counts in the ledger and in the"
          + " provider's log that each order is there exactly once.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each order is there once, each bad line was refused",
      "1:not so, or a part could not be started",
      "2:wrong usage",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
public final class PlaceCommand implements Callable<Integer> {

  @Option(names = "--orders", paramLabel = "N", description = "How many (default: 100000).")
  private Integer orders;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      description = "How many are placed at a time (default: 16).")
  private int inFlight = 16;

  @Option(
      names = "--heap",
      paramLabel = "MB",
      description = "Of the process that places them (default: 64).")
  private int heap = 64;

  @Option(names = "--quick", description = "2000 orders.")
  private boolean quick;

  @Mixin private TemporalOption temporal;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PlacePlan plan = plan();
    Optional<TemporalServer> server = temporal.server();
    return Ending.of(
        output,
        says -> {
          PlaceResult result = new PlaceDrill(plan, says).run(server);
          if (output.format() == Output.Format.TABLE) {
            output.line("Temporal: " + result.temporal());
            output.table(result.table());
            output.line("");
          }
          output.json(result);
          return result.passed();
        });
  }

  private PlacePlan plan() {
    try {
      return new PlacePlan(orders != null ? orders : quick ? 2_000 : 100_000, inFlight, heap);
    } catch (IllegalArgumentException wrong) {
      throw new CommandLine.ParameterException(spec.commandLine(), wrong.getMessage());
    }
  }
}
