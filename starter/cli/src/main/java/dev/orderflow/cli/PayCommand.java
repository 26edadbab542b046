package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.payment.PaymentChoice;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow pay}. */
@Command(
    description = {
      "Tries another way to pay an order that awaits its payment.",
      "The attempt before is closed at its provider first; where it was paid, the order goes on.",
      "Exit code 5 when the order does not await a payment, or no attempts are left; 1 when it",
      "ended unpaid."
    },
    footer = {
      "",
      "Example:",
      "  orderflow pay ORDER --token-file token.txt --channel sandbox",
      "  orderflow pay ORDER --token - < token.txt"
    })
final class PayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ORDER", description = "The order's id")
  private OrderId order;

  @ArgGroup(multiplicity = "1")
  private TokenOption token;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "The payment channel (default: the same as before)")
  private Optional<String> channel = Optional.empty();

  @Mixin private Deadline deadline;
  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    PaymentChoice choice = new PaymentChoice(channel, token.read());
    try (OrderClient client = connection.open()) {
      OrderView now = client.pay(order, choice, deadline.patience());
      new OrderPage(output).write(now);
      boolean unpaid = now.status().isEnded() && now.status() != OrderStatus.COMPLETED;
      return (unpaid ? ExitCode.FAILED : ExitCode.OK).code();
    }
  }
}
