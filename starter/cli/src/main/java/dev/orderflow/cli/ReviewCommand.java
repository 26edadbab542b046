package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderQuery;
import dev.orderflow.client.OrderSummary;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code orderflow review}. */
@Command(
    description = {
      "Without ORDER, lists the orders that wait for a person. With ORDER alone, shows what is to be"
          + " decided. With a choice, decides it: then --reason is required."
    })
final class ReviewCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ORDER", arity = "0..1", description = "The order's id")
  private OrderId order;

  @ArgGroup(heading = "%nThe decision, one of:%n")
  private ChoiceOption choice;

  @Option(
      names = "--reference",
      paramLabel = "ID",
      description = "With --accept: the provider's own name for what was done by other means")
  private String reference;

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "The wait that is decided, as it was shown (default: the one there is now)")
  private Integer version;

  @Mixin private Deadline deadline;
  @Mixin private Limit limit;
  @Mixin private Actor actor;
  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    if (order == null && choice != null) {
      throw new CliException(ExitCode.USAGE, "ORDER: is missing; which one is decided?");
    }
    try (OrderClient client = connection.open()) {
      if (order == null) {
        list(client);
      } else if (choice == null) {
        new OrderPage(output).write(waiting(client));
      } else {
        decide(client);
      }
      return ExitCode.OK.code();
    }
  }

  private void decide(OrderClient client) {
    var decision = actor.decision();
    int expected = version != null ? version : waiting(client).review().orElseThrow().version();
    new OrderPage(output)
        .write(
            client.review(
                order,
                new ReviewDecision(
                    decision, expected, choice.choice(), Optional.ofNullable(reference)),
                deadline.patience()));
  }

  private OrderView waiting(OrderClient client) {
    OrderView view = client.show(order);
    if (view.review().isEmpty()) {
      throw new CliException(
          ExitCode.CONFLICT,
          "order " + order + " does not wait for a decision; it is " + view.status());
    }
    return view;
  }

  private void list(OrderClient client) {
    List<OrderView> waiting =
        Stream.of(OrderStatus.IN_REVIEW, OrderStatus.ON_HOLD)
            .flatMap(status -> client.list(OrderQuery.all().with(status)))
            .map(OrderSummary::orderId)
            .map(client::show)
            .filter(view -> view.review().isPresent())
            .limit(limit.most())
            .toList();
    if (output.format() == Output.Format.JSON) {
      waiting.forEach(output::json);
    } else if (waiting.isEmpty()) {
      output.err().println("no order waits for a person");
    } else {
      table(waiting);
    }
  }

  private void table(List<OrderView> waiting) {
    Table table = Table.of("ORDER", "STATUS", "VERSION", "STEP", "CHOICES", "REASON");
    for (OrderView view : waiting) {
      Review review = view.review().orElseThrow();
      table.row(
          view.orderId(),
          view.status(),
          review.version(),
          review.key().step().word(),
          review.choices().stream().sorted().map(Enum::name).collect(Collectors.joining(",")),
          review.reason());
    }
    output.table(table);
  }

  /** Exactly one of the choices. */
  static final class ChoiceOption {
    @Option(names = "--retry", description = "Try the step again")
    private boolean retry;

    @Option(names = "--accept", description = "It was done by other means; see --reference")
    private boolean accept;

    @Option(names = "--refund", description = "Take the whole order back")
    private boolean refund;

    @Option(names = "--approve", description = "Release an order on hold")
    private boolean approve;

    @Option(
        names = "--deny",
        description =
            "Do not release it; of a refused refund: give it up; of held money: leave it as it is")
    private boolean deny;

    Review.Choice choice() {
      if (retry) {
        return Review.Choice.RETRY;
      }
      if (accept) {
        return Review.Choice.ACCEPT;
      }
      if (refund) {
        return Review.Choice.REFUND;
      }
      return approve ? Review.Choice.APPROVE : Review.Choice.DENY;
    }
  }
}
