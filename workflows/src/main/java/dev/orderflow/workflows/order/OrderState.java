package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.NextAction;
import dev.orderflow.workflows.payment.PaymentAnswer;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.StepKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where an order stands, as its workflow shows it: by query, in the Web UI, as its result. */
final class OrderState {

  private final OrderId orderId;
  private final List<OrderView.StepView> steps = new ArrayList<>();
  private List<OrderView.StepView> earlier = List.of();
  private OrderStatus status = OrderStatus.PLACED;
  private Optional<OrderStatus> published;
  private Optional<Reason> reason = Optional.empty();
  private Optional<OrderPlan> plan = Optional.empty();
  private Optional<Review> review = Optional.empty();
  private Optional<NextAction> nextAction = Optional.empty();
  private Optional<Instant> payUntil = Optional.empty();
  private Optional<PaymentBalance> balance = Optional.empty();
  private Optional<String> channel = Optional.empty();
  private Optional<Archived> archived = Optional.empty();
  private boolean refunding;

  /**
   * @param published the status that the search attribute has already
   */
  OrderState(OrderId orderId, Optional<OrderStatus> published) {
    this.orderId = orderId;
    this.published = published;
  }

  OrderStatus status() {
    return status;
  }

  Optional<Reason> reason() {
    return reason;
  }

  Optional<Review> review() {
    return review;
  }

  Optional<OrderPlan> plan() {
    return plan;
  }

  void planned(OrderPlan accepted) {
    plan = Optional.of(accepted);
  }

  /** What earlier runs have done, as the ledger knows it. */
  void knows(List<OrderView.StepView> done) {
    earlier = done.isEmpty() ? earlier : done;
  }

  /**
   * The channel that is asked for the money; which one took it the ledger says, once it has told.
   */
  void paysBy(String name) {
    channel = Optional.of(name);
  }

  void settled(StepKey key, Outcome outcome) {
    steps.add(
        new OrderView.StepView(key, outcome, Instant.ofEpochMilli(Workflow.currentTimeMillis())));
  }

  void is(OrderStatus now) {
    status = now;
    nothingToPay();
  }

  void is(OrderStatus now, Reason why) {
    is(now);
    reason = Optional.of(why);
  }

  void waitsFor(OrderStatus now, Review forReview) {
    is(now, forReview.reason());
    review = Optional.of(forReview);
    publish();
  }

  /** It ended long ago, and nothing can be done for it. */
  void archived(Acceptance left) {
    is(left.status());
    reason = left.reason();
    archived = left.archived();
  }

  boolean isArchived() {
    return archived.isPresent();
  }

  private void nothingToPay() {
    nextAction = Optional.empty();
    payUntil = Optional.empty();
  }

  /**
   * The customer has something to do, or may choose another way to pay.
   *
   * @param until when the order stops waiting
   */
  void awaitsPayment(PaymentAnswer answer, Instant until) {
    status = OrderStatus.AWAITING_PAYMENT;
    reason = answer.outcome().isDeclined() ? answer.outcome().reason() : Optional.empty();
    nextAction = answer.nextAction();
    payUntil = Optional.of(until);
    publish();
  }

  void goesOn(OrderStatus now) {
    goesOn(now, Optional.empty());
  }

  /** What waited is decided: as before. */
  void goesOn(OrderStatus now, Optional<Reason> why) {
    status = now;
    reason = why;
    review = Optional.empty();
    nothingToPay();
  }

  /** Whether the order has ended, and nothing is being done for it. */
  boolean isSettled() {
    return status.isEnded() && !refunding;
  }

  void refunding(boolean now) {
    refunding = now;
  }

  Optional<PaymentBalance> balance() {
    return balance;
  }

  void balance(Optional<PaymentBalance> now) {
    balance = now;
  }

  /** Tells the Web UI. At waits, in trouble and at the end only: each change costs an event. */
  void publish() {
    Workflow.setCurrentDetails(OrderDetails.of(view()));
    if (published.equals(Optional.of(status))) {
      return;
    }
    published = Optional.of(status);
    List<SearchAttributeUpdate<?>> attributes = new ArrayList<>();
    attributes.add(OrderAttributes.STATUS.valueSet(status.name()));
    plan.ifPresent(
        known -> attributes.add(OrderAttributes.CUSTOMER.valueSet(known.customer().value())));
    // Aftercare asks none for a payment: what the order's own run says of it stays.
    channel.ifPresent(name -> attributes.add(OrderAttributes.CHANNEL.valueSet(name)));
    Workflow.upsertTypedSearchAttributes(attributes.toArray(SearchAttributeUpdate<?>[]::new));
  }

  /** The channel, where it is not the one that the plan begins with. */
  private Optional<String> other() {
    Optional<String> took = balance.flatMap(PaymentBalance::paidBy).or(() -> channel);
    return took.filter(
        name -> plan.filter(known -> !known.payment().channel().equals(name)).isPresent());
  }

  OrderView view() {
    return new OrderView(
        orderId,
        status,
        reason,
        plan,
        steps(),
        review,
        nextAction,
        balance,
        other(),
        payUntil,
        archived);
  }

  /** Each key as this run has seen it, where it has. */
  private List<OrderView.StepView> steps() {
    Set<StepKey> seen = steps.stream().map(OrderView.StepView::key).collect(Collectors.toSet());
    return Stream.concat(
            earlier.stream().filter(step -> !seen.contains(step.key())), steps.stream())
        .toList();
  }
}
