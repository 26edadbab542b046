package dev.orderflow.worker.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.activities.payment.DisputeCase;
import dev.orderflow.activities.payment.Disputes;
import dev.orderflow.cli.CliException;
import dev.orderflow.cli.ExitCode;
import dev.orderflow.cli.Output;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.DisputeState;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Customers' objections against payments, and what a shop can show of each order. */
@Command(
    name = "dispute",
    description = "Show customers' disputes about payments, and what the shop can show of them.")
final class DisputeCommand {

  /** One dispute in a list, as it is printed: without its evidence. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Row(
      OrderId orderId,
      String channel,
      String reference,
      Money amount,
      DisputeState state,
      Optional<Reason> reason,
      Optional<Instant> evidenceDueBy,
      Optional<Instant> openedAt,
      Instant heardAt,
      Optional<Instant> closedAt) {
    static Row of(DisputeCase dispute) {
      return new Row(
          dispute.orderId(),
          dispute.channel(),
          dispute.reference(),
          dispute.amount(),
          dispute.state(),
          dispute.reason(),
          dispute.evidenceDueBy(),
          dispute.openedAt(),
          dispute.heardAt(),
          dispute.closedAt());
    }
  }

  @Command(
      name = "list",
      description = "List the disputes that are open, those whose answer is due first ahead.")
  int list(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Option(names = "--all", description = "Also those that are decided, the newest first")
          boolean all,
      @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100)")
          Integer limit) {
    int atMost = limit == null ? 100 : limit;
    if (atMost < 1) {
      throw new CliException(ExitCode.USAGE, "--limit: " + limit + " is below 1");
    }
    return LedgerAccess.with(
        config,
        Disputes.class,
        disputes -> print(output, all ? disputes.latest(atMost) : disputes.open(atMost)));
  }

  private static void print(Output output, List<DisputeCase> disputes) {
    if (output.format() == Output.Format.JSON) {
      disputes.stream().map(Row::of).forEach(output::json);
    } else if (disputes.isEmpty()) {
      output.err().println("no disputes");
    } else {
      output.table(DisputePage.list(disputes));
    }
  }

  @Command(
      name = "show",
      description =
          "Show an order's disputes with the evidence that was stored when each was heard of: what was"
              + " ordered, when it was handed over, which mails were sent, and what was paid and"
              + " given back under which references.")
  int show(
      @Mixin ConfigOption config,
      @Mixin Output output,
      @Parameters(paramLabel = "ORDER", description = "The order's id") OrderId order) {
    return LedgerAccess.with(
        config, Disputes.class, disputes -> show(output, order, disputes.ofOrder(order)));
  }

  private static void show(Output output, OrderId order, List<DisputeCase> disputes) {
    if (disputes.isEmpty()) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "ORDER: no payment of "
              + order
              + " is disputed; 'orderflow dispute list' shows those"
              + " that are");
    }
    if (output.format() == Output.Format.JSON) {
      disputes.forEach(output::json);
    } else {
      DisputePage page = new DisputePage(output);
      disputes.forEach(page::print);
    }
  }
}
