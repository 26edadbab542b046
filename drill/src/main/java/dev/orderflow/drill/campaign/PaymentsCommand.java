package dev.orderflow.drill.campaign;

import dev.orderflow.cli.Output;
import dev.orderflow.drill.Ending;
import dev.orderflow.drill.LoadAverage;
import dev.orderflow.drill.machine.Machine;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code orderflow drill payments}. */
@Command(
    name = "payments",
    sortOptions = false,
    description = {
      "Plays orders drawn by lot over three channels: paid, declined, in doubt, paid late or never,"
          + " with callbacks lost, doubled, early and late, cancelled, paid a second way, and a"
          + " worker that dies among them. Then compares the ledger with the provider's own log to"
          + " the cent, and each order's ending with the one its policy names.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the books agree and every order ended as it should",
      "1:they don't, or a part could not be started",
      "2:wrong usage",
      "12:a program that is needed is missing",
      "130, 143:stopped in order by Ctrl-C or SIGTERM"
    })
public final class PaymentsCommand implements Callable<Integer> {

  private static final int SHOWN = 10;

  @Option(names = "--orders", paramLabel = "N", description = "How many (default: 10000).")
  private Integer orders;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Draws the same orders again (default: another each time; it is shown).")
  private Long seed;

  @Option(
      names = "--kills",
      paramLabel = "N",
      description = "How often the worker is killed, spread over the orders (default: 1).")
  private int kills = 1;

  @Option(names = "--quick", description = "60 orders.")
  private boolean quick;

  @Mixin private Output output;

  @Spec private CommandSpec spec;

  /** The last line. */
  record Summary(
      String drill, boolean passed, double seconds, double[] load, CampaignResult result) {}

  @Override
  public Integer call() throws Exception {
    CampaignRun.Wish wish = wish();
    long begin = System.nanoTime();
    double before = LoadAverage.now();
    return Ending.of(
        output,
        says -> {
          says.accept(
              "Starting Temporal, PostgreSQL, the sandbox and a worker; the seed is "
                  + wish.seed());
          try (Machine machine = new Machine(says);
              Stages stages = new Stages(wish.orders(), says)) {
            CampaignResult result = new CampaignRun(machine, wish, stages).carryOut();
            stages.close();
            result.brief(SHOWN).findings().forEach(says);
            double seconds = Math.round((System.nanoTime() - begin) / 1e8) / 10.0;
            double[] load = {before, LoadAverage.now()};
            print(new Summary("payments", result.isBalanced(), seconds, load, result.brief(SHOWN)));
            return result.isBalanced();
          }
        });
  }

  private CampaignRun.Wish wish() {
    int count = orders != null ? orders : quick ? 60 : 10_000;
    if (count < 1 || kills < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), count < 1 ? "--orders: below 1" : "--kills: below 0");
    }
    return new CampaignRun.Wish(seed != null ? seed : System.nanoTime(), count, kills);
  }

  private void print(Summary summary) {
    if (output.format() == Output.Format.TABLE) {
      output.table(summary.result().table().row("seconds", summary.seconds()));
      output.line("");
    }
    output.json(summary);
  }
}
