package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.saga.Reason;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code orderflow watch}. */
@Command(
    description =
        "Follows an order until it has ended: a line now, and one whenever something changes.")
final class WatchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ORDER", description = "The order's id")
  private OrderId order;

  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    try (OrderClient client = connection.open()) {
      client.watch(order, this::print);
      return ExitCode.OK.code();
    }
  }

  private void print(OrderView view) {
    if (output.format() == Output.Format.JSON) {
      output.json(view);
      return;
    }
    StringBuilder line =
        new StringBuilder().append(UtcTime.text(Instant.now())).append("  ").append(view.status());
    if (!view.steps().isEmpty()) {
      OrderView.StepView last = view.steps().get(view.steps().size() - 1);
      line.append("  ").append(last.key().step().word()).append(' ').append(last.outcome().state());
    }
    line.append(view.reason().map(Reason::toString).map(why -> "  " + why).orElse(""));
    output.line(line.toString());
  }
}
