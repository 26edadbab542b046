package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.Decision.Role;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.RefundRequest;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Something that is done while an order is on its way. */
sealed interface Act {

  /** Does it, and returns when it is done. */
  void carryOut(Stage stage, OrderId order) throws InterruptedException;

  /** What is done, for people who watch. */
  String words();

  /** Waits until the provider is at work on the step. */
  record AwaitRequest(Step step) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      StepKey key = StepKey.of(order, step);
      stage.await("the provider to be asked for " + key, () -> stage.logs().isInFlight(key));
    }

    @Override
    public String words() {
      return "waits until the provider is at work on the " + step.word();
    }
  }

  /** Waits until the provider has taken the money. */
  record AwaitCharge() implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.await("a charge in the provider's log", () -> !stage.logs().movements(order).isEmpty());
    }

    @Override
    public String words() {
      return "waits until the provider has charged";
    }
  }

  /** Waits until the order has come so far. */
  record AwaitStatus(OrderStatus status) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.await("the order to be " + status, () -> stage.status(order) == status);
    }

    @Override
    public String words() {
      return "waits until it is " + status;
    }
  }

  /** Waits until the order is completed, and all that follows, such as mail, is done. */
  record AwaitCompletion() implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.await(
          "the order to be completed",
          () -> stage.histories().isClosed(order) && stage.status(order) == OrderStatus.COMPLETED);
    }

    @Override
    public String words() {
      return "waits until it is completed and confirmed";
    }
  }

  /** Lets time pass. */
  record Pause(Duration time) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    @Override
    public String words() {
      return "waits " + time.toMillis() + " ms";
    }
  }

  /** The customer cancels. */
  record Cancel(String reason) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) {
      stage.cancel(order, new Decision("customer", Role.CUSTOMER, reason));
    }

    @Override
    public String words() {
      return "cancels";
    }
  }

  /** Some pieces of a line are refunded; the goods stay with the customer. */
  record Refund(int line, int pieces, String reason) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) {
      stage.refund(
          order,
          new RefundRequest(
              "demo",
              new RefundRequest.Lines(List.of(new RefundRequest.Line(line, Optional.of(pieces)))),
              new Decision("operator", Role.OPERATOR, reason)));
    }

    @Override
    public String words() {
      return "an operator refunds " + pieces + " of line " + line;
    }
  }

  /** The customer pays otherwise, after an attempt that failed. */
  record Pay(String token) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) {
      stage.pay(order, new PaymentChoice(Optional.empty(), token));
    }

    @Override
    public String words() {
      return "pays otherwise";
    }
  }

  /** Waits until an attempt to pay has failed. */
  record AwaitDeclined() implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.await("the attempt to be declined", () -> stage.waitsForAnotherAttempt(order));
    }

    @Override
    public String words() {
      return "waits until the payment was declined";
    }
  }

  /** Waits until the provider has given so much back. */
  record AwaitRefund() implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.await(
          "a refund in the provider's log",
          () ->
              stage.logs().movements(order).stream()
                  .anyMatch(m -> m.succeeded() && m.kind() == Movement.Kind.REFUND));
    }

    @Override
    public String words() {
      return "waits until the money was given back";
    }
  }

  /**
   * Waits until the customer's bank has taken the money back, and the shop knows of the dispute.
   */
  record AwaitChargeback() implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.await(
          "a chargeback in the provider's log",
          () ->
              stage.logs().movements(order).stream()
                  .anyMatch(m -> m.succeeded() && m.kind() == Movement.Kind.CHARGEBACK));
      stage.await("the dispute in the order's books", () -> stage.isDisputed(order));
    }

    @Override
    public String words() {
      return "waits until the customer's bank took the money back";
    }
  }

  /** An operator decides what waits for a review. */
  record Decide(Review.Choice choice, String reason) implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) {
      stage.decide(order, choice, new Decision("operator", Role.OPERATOR, reason));
    }

    @Override
    public String words() {
      return "an operator decides: " + choice;
    }
  }

  /** The worker is killed, as by {@code kill -9}; the supervisor starts another. */
  record KillWorker() implements Act {
    @Override
    public void carryOut(Stage stage, OrderId order) throws InterruptedException {
      stage.killWorker();
    }

    @Override
    public String words() {
      return "kill -9 of the worker; waits for the next";
    }
  }
}
