package dev.orderflow.dev.demo;

import dev.orderflow.client.ConnectionSettings;
import dev.orderflow.client.DeadlineException;
import dev.orderflow.client.OrderClient;
import dev.orderflow.dev.Addresses;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.dev.PartName;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review;
import dev.orderflow.workflows.order.ReviewDecision;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.RefundReply;
import dev.orderflow.workflows.payment.RefundRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the acts of a scenario act upon: the orders, by their public client, and the machine. */
final class Stage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final LocalSystem system;
  private final WorkflowClient temporal;
  private final OrderClient orders;
  private final SandboxLogs logs;

  private Stage(LocalSystem system, WorkflowClient temporal, SandboxLogs logs) {
    this.system = system;
    this.temporal = temporal;
    this.orders = OrderClient.over(temporal);
    this.logs = logs;
  }

  static Stage open(LocalSystem system) throws IOException {
    ConnectionSettings settings =
        ConnectionSettings.usual().withConfigFile(system.addresses().temporalToml());
    return new Stage(system, settings.open(), new SandboxLogs(system.addresses()));
  }

  /** Something that comes true in time. */
  interface Condition {
    boolean holds() throws InterruptedException;
  }

  /** What was waited for did not come. */
  static final class Overdue extends RuntimeException {
    Overdue(String what) {
      super("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
    }
  }

  Addresses addresses() {
    return system.addresses();
  }

  URI webUi() {
    return system.addresses().webUi();
  }

  SandboxLogs logs() {
    return logs;
  }

  Histories histories() {
    return new Histories(temporal);
  }

  Commits commits() {
    return new Commits(system.addresses());
  }

  /**
   * @throws Overdue when it does not come true
   */
  void await(String what, Condition condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new Overdue(what);
      }
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }
  }

  /** Where a busy worker gives no answer yet, nothing is known yet. */
  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (DeadlineException e) {
      return false;
    }
  }

  OrderId place(OrderDocument document) {
    return orders.place(document).orderId();
  }

  OrderView show(OrderId order) {
    return orders.show(order);
  }

  OrderStatus status(OrderId order) {
    return show(order).status();
  }

  /** Whether the order waits for its customer, who has nothing that could be paid. */
  boolean waitsForAnotherAttempt(OrderId order) {
    OrderView view = orders.show(order);
    return view.status() == OrderStatus.AWAITING_PAYMENT && view.nextAction().isEmpty();
  }

  /** Whether the order's own books tell of a dispute, and that the money is gone. */
  boolean isDisputed(OrderId order) {
    return orders
        .show(order)
        .balance()
        .filter(balance -> !balance.disputes().isEmpty() && balance.left().isZero())
        .isPresent();
  }

  void pay(OrderId order, PaymentChoice choice) {
    orders.pay(order, choice, PATIENCE);
  }

  void cancel(OrderId order, Decision decision) {
    orders.cancel(order, decision, PATIENCE);
  }

  /** Gives money back. */
  void refund(OrderId order, RefundRequest request) {
    RefundReply reply = orders.refund(order, request, PATIENCE);
    if (reply.verdict() != RefundReply.Verdict.REFUNDED) {
      throw new IllegalStateException("the refund of " + order + " is " + reply);
    }
  }

  /** Decides the review that waits. */
  void decide(OrderId order, Review.Choice choice, Decision decision) {
    OrderView view = orders.show(order);
    Review review =
        view.review()
            .orElseThrow(() -> new IllegalStateException("nothing waits, it is " + view.status()));
    orders.review(
        order, new ReviewDecision(decision, review.version(), choice, Optional.empty()), PATIENCE);
  }

  /** Kills the worker and waits until its successor serves. */
  void killWorker() throws InterruptedException {
    long pid = system.pid(PartName.WORKER);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    system.awaitOtherThan(PartName.WORKER, pid, PATIENCE);
  }

  @Override
  public void close() {
    orders.close();
    temporal.getWorkflowServiceStubs().shutdownNow();
  }
}
