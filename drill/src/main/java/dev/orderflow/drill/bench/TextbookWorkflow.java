package dev.orderflow.drill.bench;

import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.notification.NotificationActivities;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.PaymentActivities;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;

/** An order as tutorials have it: each step a regular activity, one after the other. */
@WorkflowInterface
public interface TextbookWorkflow {

  /** Carries an order whose every step succeeds. */
  @WorkflowMethod(name = "Textbook")
  OrderStatus carry(OrderInput input);

  /** Fails where a step does: only the way that goes well is measured. */
  final class OneByOne implements TextbookWorkflow {
    private final ActivityOptions options =
        ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofSeconds(30)).build();
    private final OrderActivities order = Workflow.newActivityStub(OrderActivities.class, options);
    private final InventoryActivities inventory =
        Workflow.newActivityStub(InventoryActivities.class, options);
    private final PaymentActivities payment =
        Workflow.newActivityStub(PaymentActivities.class, options);
    private final NotificationActivities notification =
        Workflow.newActivityStub(NotificationActivities.class, options);

    @Override
    public OrderStatus carry(OrderInput input) {
      Acceptance accepted = order.accept(input);
      OrderPlan plan = accepted.plan().orElseThrow();
      require(inventory.reserve(reservation(input, plan)));
      String token = input.document().orElseThrow().payment().token();
      StepKey charge = StepKey.of(input.orderId(), Step.CHARGE);
      PaymentAnswer paid =
          payment.charge(
              new PaymentActivities.Payment(charge, plan.payment().channel(), token, plan.total()));
      require(paid.outcome());
      require(inventory.commit(StepKey.of(input.orderId(), Step.COMMIT)));
      StepKey confirm = StepKey.of(input.orderId(), Step.CONFIRM);
      require(
          notification.send(
              new NotificationActivities.Message(
                  confirm, NotificationActivities.Event.ORDER_CONFIRMED)));
      return OrderStatus.COMPLETED;
    }

    private static InventoryActivities.Reservation reservation(OrderInput input, OrderPlan plan) {
      List<InventoryActivities.Line> lines =
          plan.lines().stream()
              .map(
                  line ->
                      new InventoryActivities.Line(line.number(), line.article(), line.quantity()))
              .toList();
      return new InventoryActivities.Reservation(StepKey.of(input.orderId(), Step.RESERVE), lines);
    }

    private static void require(Outcome outcome) {
      if (outcome.state() != Outcome.State.SUCCEEDED) {
        throw ApplicationFailure.newNonRetryableFailure(outcome.toString(), "NOT_DONE");
      }
    }
  }
}
