package dev.orderflow.drill.bench;

import dev.orderflow.client.OrderClient;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Those who order something and wait until it has ended. */
final class Customers {

  private static final long PATIENCE_SECONDS = 60;

  private final WorkflowClient client;
  private final OrderClient orders;
  private final Purchases purchases;
  private final String yardsticks;

  /**
   * @param yardsticks the task queue of what orders are compared with
   */
  Customers(WorkflowClient client, OrderClient orders, Purchases purchases, String yardsticks) {
    this.client = client;
    this.orders = orders;
    this.purchases = purchases;
    this.yardsticks = yardsticks;
  }

  /** An order that did not end as it should. */
  static final class UnexpectedEnding extends Exception {
    private static final long serialVersionUID = 1;

    UnexpectedEnding(String what) {
      super(what);
    }
  }

  /**
   * Serves one.
   *
   * @return the workflow's id
   * @throws UnexpectedEnding when it ended in another way
   * @throws TimeoutException when it has not ended within a minute
   */
  String serve(Variant variant, long number) throws UnexpectedEnding, TimeoutException {
    return switch (variant) {
      case FLOOR -> floor(number);
      case TEXTBOOK -> textbook(number);
      case HEALTHY, MIX, ASYNC, REMOTE, OTHER_HEALTHY, OTHER_ASYNC, OTHER_REMOTE ->
          order(variant, number);
    };
  }

  private String floor(long number) throws TimeoutException {
    String id = purchases.key(Variant.FLOOR, number);
    WorkflowStub workflow =
        client.newUntypedWorkflowStub(
            "Floor",
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(yardsticks)
                .setDisableEagerExecution(false)
                .build());
    workflow.start();
    workflow.getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, Void.class);
    return id;
  }

  private String textbook(long number) throws UnexpectedEnding {
    OrderInput input = OrderInput.place(purchases.document(Variant.TEXTBOOK, number));
    String id = input.orderId().value();
    TextbookWorkflow workflow =
        client.newWorkflowStub(
            TextbookWorkflow.class,
            WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(yardsticks).build());
    require(OrderStatus.COMPLETED, workflow.carry(input), id);
    return id;
  }

  private String order(Variant variant, long number) throws UnexpectedEnding, TimeoutException {
    OrderDocument document = purchases.document(variant, number);
    String id = orders.place(document).orderId().value();
    OrderView view =
        client
            .newUntypedWorkflowStub(id)
            .getResult(PATIENCE_SECONDS, TimeUnit.SECONDS, OrderView.class);
    require(Purchases.ending(variant, number), view.status(), id);
    return id;
  }

  private static void require(OrderStatus wanted, OrderStatus ended, String id)
      throws UnexpectedEnding {
    if (ended != wanted) {
      throw new UnexpectedEnding(id + " ended " + ended + " and not " + wanted);
    }
  }
}
