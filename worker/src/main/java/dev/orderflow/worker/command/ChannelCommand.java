package dev.orderflow.worker.command;

import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.cli.Output;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The payment channels, as the ledger knows them, and their switches. */
@Command(
    name = "channel",
    description = "Show the payment channels, drain or stop them, and see how much one carries.",
    subcommands = EvaluateCommand.class)
final class ChannelCommand {

  private static final String NAME = "The channel's name";

  /** The answer of a switch. */
  record Switched(String channel, ChannelState state) {}

  @Command(
      name = "status",
      description = {
        "Show each channel: its switch, what became of the last hour's payments, captures, voids and"
            + " refunds, how many of them the provider answered and within what time (95 %%), and what"
            + " is in doubt. Of all workers together.",
        "With NAME all of one channel: also its callbacks, its probe, how long its customers and its"
            + " doubts took, and why calls did not succeed."
      })
  int status(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", arity = "0..1", description = NAME) String name) {
    return LedgerAccess.with(
        config,
        ChannelOverview.class,
        all -> {
          if (name == null) {
            print(output, all.rows());
          } else {
            print(output, KnownChannel.of(name, byName(all.rows())));
          }
        });
  }

  private static Map<String, ChannelOverview.Row> byName(List<ChannelOverview.Row> rows) {
    return rows.stream()
        .collect(Collectors.toMap(ChannelOverview.Row::channel, Function.identity()));
  }

  @Command(
      name = "drain",
      description =
          "Let a channel take no new payments; what has begun there is finished, refunded and asked"
              + " about. Workers see it within 2 s.")
  int drain(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = NAME) String name) {
    return turn(config, output, name, ChannelState.DRAINED);
  }

  @Command(
      name = "off",
      description =
          "Stop every call to a channel, also refunds and questions: they wait until it is opened.")
  int off(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = NAME) String name) {
    return turn(config, output, name, ChannelState.OFF);
  }

  @Command(name = "open", description = "Let a channel take new payments again.")
  int open(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = NAME) String name) {
    return turn(config, output, name, ChannelState.OPEN);
  }

  private static int turn(ConfigOption config, Output output, String name, ChannelState state) {
    return LedgerAccess.with(
        config,
        ChannelOverview.class,
        all -> {
          KnownChannel.of(name, all.configured());
          all.turn(name, state);
          if (output.format() == Output.Format.JSON) {
            output.json(new Switched(name, state));
          } else {
            output.line("'" + name + "' " + sentence(name, state));
          }
        });
  }

  private static String sentence(String name, ChannelState state) {
    String seen = "; workers see it within 2 s";
    String undo = ", and 'orderflow channel open " + name + "' undoes it.";
    return switch (state) {
      case OPEN -> "takes new payments" + seen + ".";
      case DRAINED -> "takes no new payments, what has begun there is finished" + seen + undo;
      case OFF -> "is not called at all, also for refunds and questions" + seen + undo;
    };
  }

  private static void print(Output output, List<ChannelOverview.Row> rows) {
    if (output.format() == Output.Format.JSON) {
      rows.forEach(output::json);
    } else {
      output.table(ChannelTable.of(rows));
    }
  }

  private static void print(Output output, ChannelOverview.Row row) {
    if (output.format() == Output.Format.JSON) {
      output.json(row);
    } else {
      new ChannelPage(output).print(row);
    }
  }
}
