package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.OrderId;
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
      new OrderPage(output).write(client.show(order));
      return ExitCode.OK.code();
    }
  }
}
