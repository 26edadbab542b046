package dev.orderflow.drill.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orderflow.client.NotPossibleException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.client.PlaceListener;
import dev.orderflow.client.Placed;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.workflows.order.CancelReply;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payment.PaymentChoice;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.ResetActivityRequest;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** Where orders are placed, cancelled and approved. */
final class Counter {

  static final Decision CUSTOMER = new Decision("customer", Decision.Role.CUSTOMER, "mistake");
  static final Decision OPERATOR = new Decision("operator", Decision.Role.OPERATOR, "looked at it");

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** One thread for each who waits, or they would wait for each other. */
  static final Executor THREADS =
      work -> {
        Thread thread = new Thread(work, "at the counter");
        thread.setDaemon(true);
        thread.start();
      };

  private final Machine machine;
  private final OrderClient orders;

  Counter(Machine machine) {
    this.machine = machine;
    this.orders = machine.orders();
  }

  /** Puts on the shelf what they buy, and places them all at once. */
  void place(Collection<Basket> baskets) {
    CampaignBooks.of(machine).stock(baskets);
    orders.placeAll(
        baskets.iterator(),
        Basket::document,
        8,
        new PlaceListener<>() {
          @Override
          public void placed(Basket basket, Placed placed) {
            assertThat(placed).isEqualTo(new Placed(basket.id(), Placed.Novelty.NEW));
          }

          @Override
          public void refused(Basket basket, RuntimeException why) {
            throw why;
          }
        });
  }

  /** Asks to cancel; the answer may take as long as a worker does to come. */
  CompletableFuture<CancelReply> cancel(Basket basket) {
    return ask(() -> orders.cancel(basket.id(), CUSTOMER, PATIENCE));
  }

  /** As a cancel in the Web UI; returns when the server has it. */
  CompletableFuture<Void> cancelInTemporal(Basket basket) {
    return CompletableFuture.runAsync(
        () -> workflow(basket).cancel("cancelled in the Web UI"), THREADS);
  }

  /** Approves what is on hold. */
  CompletableFuture<OrderView> approve(Basket basket) {
    return decide(basket, Review.Choice.APPROVE);
  }

  /** Decides the review that waits. */
  CompletableFuture<OrderView> decide(Basket basket, Review.Choice choice) {
    int version = orders.show(basket.id()).review().orElseThrow().version();
    ReviewDecision decision = new ReviewDecision(OPERATOR, version, choice, Optional.empty());
    return ask(() -> orders.review(basket.id(), decision, PATIENCE));
  }

  /** Pays another way as soon as the order waits for that; not at all where it never does. */
  CompletableFuture<Void> payOtherwise(Basket basket, PaymentChoice choice) {
    return CompletableFuture.runAsync(
        () ->
            await(basket.name())
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .until(() -> isPaidOtherwise(basket, choice) || isEnded(basket)),
        THREADS);
  }

  private boolean isPaidOtherwise(Basket basket, PaymentChoice choice) {
    try {
      orders.pay(basket.id(), choice, PATIENCE);
      return true;
    } catch (NotPossibleException notYet) {
      return false;
    }
  }

  private boolean isEnded(Basket basket) {
    OrderStatus status = CampaignBooks.of(machine).status(basket);
    return status != null && status.isEnded();
  }

  private static <T> CompletableFuture<T> ask(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, THREADS);
  }

  WorkflowStub workflow(Basket basket) {
    return machine.temporal().newUntypedWorkflowStub(basket.id().value());
  }

  /**
   * Waits until nothing works on the orders any more. A mail that is to be tried again in minutes,
   * because its worker died, is tried at once, as an operator can have it.
   */
  void awaitClosed(Collection<Basket> baskets) {
    for (Basket basket : baskets) {
      try {
        await(basket.name())
            .pollDelay(Duration.ZERO)
            .atMost(PATIENCE)
            .until(() -> isClosed(basket));
      } catch (ConditionTimeoutException e) {
        throw new AssertionError(basket.name() + " does not end: " + standing(basket), e);
      }
    }
  }

  /** What the order waits for. */
  private String standing(Basket basket) {
    return CampaignBooks.of(machine).operations(basket)
        + "\n"
        + waits(basket.id().value())
        + waits(basket.id().aftercare());
  }

  private String waits(String workflowId) {
    try {
      return machine
          .temporal()
          .newUntypedWorkflowStub(workflowId)
          .describe()
          .getRawDescription()
          .getPendingActivitiesList()
          .toString();
    } catch (WorkflowNotFoundException never) {
      return "";
    }
  }

  boolean isClosed(Basket basket) {
    return isClosed(basket.id().value()) && isClosed(basket.id().aftercare());
  }

  private boolean isClosed(String workflowId) {
    try {
      WorkflowExecutionDescription run =
          machine.temporal().newUntypedWorkflowStub(workflowId).describe();
      run.getRawDescription().getPendingActivitiesList().stream()
          .filter(Counter::isMailThatWaits)
          .forEach(activity -> tryNow(run.getExecution(), activity.getActivityId()));
      return run.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    } catch (WorkflowNotFoundException never) {
      return true;
    }
  }

  private static boolean isMailThatWaits(PendingActivityInfo activity) {
    return activity.getActivityType().getName().equals("Notification.Send")
        && activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
        && activity.getNextAttemptScheduleTime().getSeconds() > Instant.now().getEpochSecond() + 5;
  }

  private void tryNow(WorkflowExecution run, String activityId) {
    ResetActivityRequest request =
        ResetActivityRequest.newBuilder()
            .setNamespace(machine.temporal().getOptions().getNamespace())
            .setExecution(run)
            .setId(activityId)
            .build();
    try {
      machine
          .temporal()
          .getWorkflowServiceStubs()
          .blockingStub()
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .resetActivity(request);
    } catch (StatusRuntimeException e) {
      // It may have been done meanwhile.
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }
  }
}
