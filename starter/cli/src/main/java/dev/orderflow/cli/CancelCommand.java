package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.OrderId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private Deadline deadline;
  @Mixin private Actor actor;
  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    var decision = actor.decision();
    try (OrderClient client = connection.open()) {
      CancelReply reply = client.cancel(order, decision, deadline.patience());
      if (output.format() == Output.Format.JSON) {
        output.json(reply);
      } else {
        output.line(order + " " + outcome(reply) + ": " + reply.message());
      }
      return switch (reply.verdict()) {
        case CANCELLED -> ExitCode.OK.code();
        case IN_REVIEW -> ExitCode.FAILED.code();
        case REFUSED -> ExitCode.CONFLICT.code();
      };
    }
  }

  /** How the order stands now; where nothing came of the wish also that. */
  private static String outcome(CancelReply reply) {
    return reply.verdict() == CancelReply.Verdict.REFUSED
        ? reply.verdict() + ", it is " + reply.status()
        : reply.status().toString();
  }
}
