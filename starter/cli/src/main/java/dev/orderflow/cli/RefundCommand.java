package dev.orderflow.cli;

import dev.orderflow.client.NoSuchOrderException;
import dev.orderflow.client.OrderArchivedException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.joda.money.Money;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow refund}. */
@Command(
    description = {
      "Gives money back for a completed order. Goods and coupons stay as they are: 'cancel' takes"
          + " back those.",
      "Exit code 5 when it is refused, 1 when the provider refuses it and a person has to decide."
    })
final class RefundCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ORDER", description = "The order's id")
  private OrderId order;

  @ArgGroup(heading = "%nHow much, one of:%n", multiplicity = "1")
  private WantedOption wanted;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "Your own name for this refund: the same key again is the same refund (default: a fresh"
              + " one, which is printed)")
  private String key;

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
    RefundRequest request = request();
    if (key == null) {
      // Before it is asked for: whoever breaks it off must be able to ask again.
      output.err().println("the key of this refund: " + request.key());
    }
    try (OrderClient client = connection.open()) {
      RefundReply reply = client.refund(order, request, deadline);
      if (output.format() == Output.Format.JSON) {
        output.json(reply);
      } else {
        output.line(text(reply));
      }
      return switch (reply.verdict()) {
        case REFUNDED -> ExitCode.OK.code();
        case IN_REVIEW -> ExitCode.FAILED.code();
        case REFUSED -> ExitCode.CONFLICT.code();
      };
    } catch (NoSuchOrderException | OrderArchivedException | CliException e) {
      throw e; // nothing was made: there is no order to refund, or nobody was asked
    } catch (RuntimeException e) {
      // Without an answer nobody knows whether it was made; another key would be another refund.
      output
          .err()
          .println(
              "the refund may have been made; to ask for the same one again: --key "
                  + request.key());
      throw e;
    }
  }

  private RefundRequest request() {
    try {
      return new RefundRequest(
          key == null ? UUID.randomUUID().toString() : key, wanted.wanted(), actor.decision());
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--" + e.getMessage());
    }
  }

  private String text(RefundReply reply) {
    StringBuilder text = new StringBuilder().append(order).append(' ').append(reply.verdict());
    reply.amount().ifPresent(amount -> text.append(' ').append(amount));
    reply.refund().ifPresent(refund -> text.append(" as refund ").append(refund.n()));
    reply.left().ifPresent(left -> text.append(", ").append(left).append(" left"));
    reply.reason().ifPresent(reason -> text.append(": ").append(reason));
    return text.toString();
  }

  /** Exactly one of the ways to say how much. */
  static final class WantedOption {
    @Option(names = "--all", description = "All that is left")
    private boolean all;

    @Option(
        names = "--amount",
        paramLabel = "MONEY",
        description = "So much, with its currency, for example \"EUR 5.00\"")
    private Money amount;

    @Option(
        names = "--line",
        paramLabel = "N[:QUANTITY]",
        description =
            "What was paid for a line of the order, or for so many pieces of it; may be repeated")
    private List<String> lines = new ArrayList<>();

    RefundRequest.Wanted wanted() {
      if (amount != null) {
        return new RefundRequest.Amount(amount);
      }
      return all
          ? new RefundRequest.All()
          : new RefundRequest.Lines(lines.stream().map(WantedOption::line).toList());
    }

    private static RefundRequest.Line line(String text) {
      String[] parts = text.split(":", 2);
      try {
        return new RefundRequest.Line(
            Integer.parseInt(parts[0]),
            parts.length == 2 ? Optional.of(Integer.parseInt(parts[1])) : Optional.empty());
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "line: '" + text + "' is not a line's number, such as 2, or 2:1 for one piece of it",
            e);
      }
    }
  }
}
