package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code orderflow show}. */
@Command(
    description =
        "Shows where an order stands: what was bought, what was done for it, and what it waits for.")
final class ShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ORDER", description = "The order's id")
  private OrderId order;

  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    try (OrderClient client = connection.open()) {
      OrderView view = client.show(order);
      if (output.format() == Output.Format.JSON) {
        output.json(view);
      } else {
        new OrderPage(output).print(view);
      }
      return ExitCode.OK.code();
    }
  }
}
