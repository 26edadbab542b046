package dev.orderflow.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderflowException;
import dev.orderflow.client.Placed;
import dev.orderflow.client.document.OrderReader;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.saga.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow place}. */
@Command(
    description = {
      "Places the order in FILE, or each line's order where it holds several (JSON Lines): as many"
          + " as there are, of which no more than --in-flight are in memory.",
      "To repeat it is safe: an order is recognised by its key."
    },
    footer = {
      "",
      "Example:",
      "  orderflow place order.json --wait",
      "  orderflow place orders.jsonl --rejects refused.jsonl --output json"
    })
final class PlaceCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "An order document, or - for standard input")
  private String file;

  @Option(
      names = "--wait",
      description =
          "Wait until each order has ended; of one order also say what its customer has to do")
  private boolean wait;

  @Option(
      names = {"--in-flight", "--parallelism"},
      paramLabel = "N",
      description =
          "How many orders of a file are placed at a time, 1 to 1000 (default: 16); fewer while"
              + " the service is overloaded")
  private int inFlight = 16;

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "Where lines of a file of several are collected that are refused, to be mended")
  private Path rejects;

  @Mixin private Deadline deadline;
  @Mixin private Connection connection;
  @Mixin private Output output;

  /** One order's outcome, as JSON. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Result(OrderId orderId, Placed.Novelty novelty, Optional<OrderView> order) {}

  @Override
  public Integer call() throws IOException {
    if (inFlight < 1 || inFlight > 1000) {
      throw new CliException(
          ExitCode.USAGE, "--in-flight: " + inFlight + " is not within 1 to 1000");
    }
    try (PlaceInput input = PlaceInput.open(file)) {
      return (input.shape() == PlaceInput.Shape.ONE ? one(input) : many(input)).code();
    }
  }

  private ExitCode one(PlaceInput input) throws IOException {
    if (rejects != null) {
      throw new CliException(
          ExitCode.USAGE, "--rejects: only for several orders; '" + file + "' holds one");
    }
    OrderDocument document = OrderReader.read(input.stream());
    try (OrderClient client = connection.open()) {
      Placed placed = client.place(document);
      if (!wait) {
        print(placed, Optional.empty());
        return ExitCode.OK;
      }
      OrderView ended = ending(client, placed);
      print(placed.asKnownBy(ended), Optional.of(ended));
      return asWished(ended);
    }
  }

  private OrderView ending(OrderClient client, Placed placed) {
    try {
      return client.result(
          placed.orderId(), deadline.patience(), order -> print(placed, Optional.of(order)));
    } catch (OrderflowException e) {
      print(placed, Optional.empty()); // it is placed all the same
      throw e;
    }
  }

  private void print(Placed placed, Optional<OrderView> stands) {
    if (output.format() == Output.Format.JSON) {
      output.json(new Result(placed.orderId(), placed.novelty(), stands));
    } else {
      output.line(
          placed.orderId()
              + " "
              + placed.novelty()
              + stands.map(order -> " " + order.status()).orElse(""));
      stands.flatMap(OrderPage::toPay).ifPresent(what -> output.line("  to pay: " + what));
    }
  }

  private ExitCode asWished(OrderView ended) {
    if (ended.status() == OrderStatus.COMPLETED) {
      return ExitCode.OK;
    }
    output
        .err()
        .println(
            "order "
                + ended.orderId()
                + " ended as "
                + ended.status()
                + ended.reason().map(Reason::toString).map(why -> ", " + why).orElse(""));
    return ExitCode.FAILED;
  }

  private ExitCode many(PlaceInput input) {
    Optional<Duration> patience = wait ? Optional.of(deadline.patience()) : Optional.empty();
    // What an earlier run has collected stays where this one can't begin.
    try (OrderClient client = connection.open();
        Rejects refused = rejects == null ? Rejects.none() : Rejects.to(rejects, file)) {
      return new PlaceMany(client, patience, output, refused)
          .place(OrderReader.lines(input.stream()), input.size(), inFlight);
    }
  }
}
