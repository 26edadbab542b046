package dev.orderflow.drill.ledger;

import dev.orderflow.cli.Output;
import dev.orderflow.drill.Ending;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orderflow drill ledger}. */
@Command(
    name = "ledger",
    sortOptions = false,
    description = {
      "Fills a ledger with the orders of a year, and measures what a new order costs the database"
          + " beside an empty one, and how long every list takes.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:an order costs at most a tenth more time, and every list comes within 100 ms",
      "1:it does not, or a part could not be started",
      "2:wrong usage",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
public final class LedgerCommand implements Callable<Integer> {

  private static final int FEWEST = 1_000;

  @Option(
      names = "--orders",
      paramLabel = "N",
      description = "How many orders of the last year it has (default: 1000000).")
  private Integer orders;

  @Option(names = "--quick", description = "50000 orders.")
  private boolean quick;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    int many = orders != null ? orders : quick ? 50_000 : 1_000_000;
    if (many < FEWEST) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--orders: " + many + " is below " + FEWEST);
    }
    return Ending.of(
        output,
        says -> {
          LedgerResult result = new LedgerDrill(many, says).run();
          if (output.format() == Output.Format.TABLE) {
            output.table(result.costs());
            output.line("");
            output.table(result.times());
            output.line("");
          }
          output.json(result);
          return result.passed();
        });
  }
}
