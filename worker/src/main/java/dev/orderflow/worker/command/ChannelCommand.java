package dev.orderflow.worker.command;

import dev.orderflow.activities.payment.ChannelState;
import dev.orderflow.cli.Output;
import java.util.List;
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

  @Command(
      name = "status",
      description =
          "Show each channel: its switch, the last hour's payments, captures, voids and refunds by"
              + " outcome with their latency, what is in doubt and how long the last day's doubts"
              + " lasted, how late callbacks came, and why calls failed. Of all workers together.")
  int status(@Mixin ConfigOption config, @Mixin Output output) {
    return LedgerAccess.with(config, ChannelOverview.class, all -> print(output, all.rows()));
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
          print(output, all.rows().stream().filter(row -> row.channel().equals(name)).toList());
        });
  }

  private static void print(Output output, List<ChannelOverview.Row> rows) {
    if (output.format() == Output.Format.JSON) {
      rows.forEach(output::json);
    } else {
      output.table(ChannelTable.of(rows));
    }
  }
}
