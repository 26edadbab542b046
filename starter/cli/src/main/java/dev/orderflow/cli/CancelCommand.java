package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderId;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow cancel}. */
@Command(
    description = {
      "Takes an order back, on its way or completed, and refunds what was paid.",
      "Exit code 5 when it is refused, 1 when a step of it needs a person."
    })
final class CancelCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ORDER", description = "The order's id")
  private OrderId order;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "How long to wait for the answer (default: 60s)")
  private Duration deadline = Duration.ofSeconds(60);

  @Mixin private Actor actor;
  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    var decision = actor.decision();
    try (OrderClient client = connection.open()) {
      CancelReply reply = client.cancel(order, decision, deadline);
      if (output.format() == Output.Format.JSON) {
        output.json(reply);
      } else {
        output.line(order + " " + reply.verdict() + " " + reply.status() + ": " + reply.message());
      }
      return switch (reply.verdict()) {
        case CANCELLED -> ExitCode.OK.code();
        case IN_REVIEW -> ExitCode.FAILED.code();
        case REFUSED -> ExitCode.CONFLICT.code();
      };
    }
  }
}
