package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderSummary;
import dev.orderflow.client.Recovery;
import dev.orderflow.workflows.order.OrderId;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow recover}. */
@Command(
    description =
        "Goes on with an order from the ledger, where its workflow was terminated, reset or lost."
            + " An order that is being worked on is left alone.")
final class RecoverCommand implements Callable<Integer> {

  @ArgGroup(multiplicity = "1")
  private Which which;

  @Mixin private Connection connection;
  @Mixin private Output output;

  /** One order or all of them. */
  static final class Which {
    @Parameters(paramLabel = "ORDER", description = "The order's id")
    private OrderId order;

    @Option(names = "--all", description = "Every order whose workflow was ended from outside")
    private boolean all;
  }

  /** An order's outcome, as JSON. */
  record Result(OrderId orderId, Recovery recovery) {}

  @Override
  public Integer call() {
    try (OrderClient client = connection.open()) {
      if (which.all) {
        all(client);
      } else {
        recover(client, which.order);
      }
      return ExitCode.OK.code();
    }
  }

  private void all(OrderClient client) {
    Iterator<OrderSummary> broken = client.brokenOff().iterator();
    if (!broken.hasNext()) {
      output.err().println("no order's workflow was ended from outside");
    }
    while (broken.hasNext()) {
      recover(client, broken.next().orderId());
    }
  }

  private void recover(OrderClient client, OrderId order) {
    Recovery recovery = client.recover(order);
    if (output.format() == Output.Format.JSON) {
      output.json(new Result(order, recovery));
    } else {
      output.line(order + " " + recovery + ": " + inWords(recovery));
    }
  }

  private static String inWords(Recovery recovery) {
    return switch (recovery) {
      case STARTED -> "a new run goes on from the ledger; 'orderflow show' says how far it is.";
      case ALREADY_RUNNING -> "it is being worked on, so that nothing was done.";
      case NOTHING_TO_RECOVER ->
          "it has ended, and no payment, refund or message of it is owed, so that nothing was done.";
      case ARCHIVED ->
          "it ended long ago and is archived, so that nothing was done; 'orderflow"
              + " show' says how it ended.";
    };
  }
}
