package dev.orderflow.cli;

import dev.orderflow.client.OrderClient;
import dev.orderflow.client.OrderQuery;
import dev.orderflow.client.OrderSummary;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code orderflow list}. */
@Command(
    description =
        "Lists orders, those on their way first. The list may be a second behind; 'show' is not.")
final class ListCommand implements Callable<Integer> {

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "Only orders that stand so: ${COMPLETION-CANDIDATES}")
  private OrderStatus status;

  @Option(names = "--customer", paramLabel = "ID", description = "Only this customer's orders")
  private CustomerId customer;

  @Mixin private Limit limit;
  @Mixin private Connection connection;
  @Mixin private Output output;

  @Override
  public Integer call() {
    int most = limit.most();
    try (OrderClient client = connection.open()) {
      Iterator<OrderSummary> orders = client.list(query()).iterator();
      if (output.format() == Output.Format.JSON) {
        for (int i = 0; i < most && orders.hasNext(); i++) {
          output.json(orders.next());
        }
      } else {
        table(orders, most);
      }
      if (orders.hasNext()) {
        output.err().println("there are more than " + most + "; --limit shows them");
      }
      return ExitCode.OK.code();
    }
  }

  private OrderQuery query() {
    OrderQuery query = OrderQuery.all();
    query = status == null ? query : query.with(status);
    return customer == null ? query : query.with(customer);
  }

  private void table(Iterator<OrderSummary> orders, int most) {
    Table table = Table.of("ORDER", "STATUS", "CUSTOMER", "CHANNEL", "PLACED", "PROGRESS");
    for (int i = 0; i < most && orders.hasNext(); i++) {
      OrderSummary order = orders.next();
      table.row(
          order.orderId(),
          order.status(),
          order.customer(),
          order.channel(),
          UtcTime.text(order.placedAt()),
          order.progress());
    }
    if (table.isEmpty()) {
      output.err().println("no orders");
    } else {
      output.table(table);
    }
  }
}
