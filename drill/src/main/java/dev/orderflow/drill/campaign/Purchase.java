package dev.orderflow.drill.campaign;

import static dev.orderflow.workflows.order.OrderStatus.COMPLETED;
import static dev.orderflow.workflows.order.OrderStatus.DECLINED;
import static dev.orderflow.workflows.order.OrderStatus.REJECTED;

import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.Review;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One order of a campaign, and what its customer and the shop's operator do about it.
 *
 * @param means of the first attempt to pay
 * @param other of another attempt, as soon as the order waits for its customer
 * @param cancelled how long after it was placed the customer wants it no more
 * @param decision of the operator, where the order is so dear that it waits for one
 */
record Purchase(
    Basket basket,
    Means means,
    Optional<Means> other,
    Optional<Duration> cancelled,
    Optional<Review.Choice> decision) {

  /** What comes of paying so. */
  enum Promise {
    PAYS,
    PAYS_NOT,
    /** At about the deadline, and whether it was closed or not: which comes first is open. */
    PAYS_LATE
  }

  /** A token at a channel. */
  record Means(String channel, String token, Promise promise) {

    /** Whether there is a moment at which the customer may choose another. */
    boolean mayBeGivenUp() {
      return promise != Promise.PAYS || token.startsWith("async");
    }
  }

  OrderDocument document() {
    OrderDocument usual = basket.document();
    return new OrderDocument(
        usual.key(),
        usual.customer(),
        usual.recipient(),
        usual.currency(),
        usual.lines(),
        usual.coupon(),
        new OrderDocument.Payment(Optional.of(means.channel()), means.token()),
        usual.total());
  }

  /** How it may end where nobody cancels it. */
  Set<OrderStatus> endings() {
    if (decision.isPresent()) {
      return decision.get() == Review.Choice.APPROVE ? EnumSet.of(COMPLETED) : EnumSet.of(REJECTED);
    }
    Set<OrderStatus> endings = endings(means.promise());
    if (other.isPresent() && means.mayBeGivenUp()) {
      // It may come too late for the deadline, or the first be paid before it.
      endings.addAll(endings(other.get().promise()));
    }
    return endings;
  }

  private static Set<OrderStatus> endings(Promise promise) {
    return switch (promise) {
      case PAYS -> EnumSet.of(COMPLETED);
      case PAYS_NOT -> EnumSet.of(DECLINED);
      case PAYS_LATE -> EnumSet.of(COMPLETED, DECLINED);
    };
  }

  boolean paysLate() {
    return means.promise() == Promise.PAYS_LATE;
  }

  /** Whether both attempts may be paid: the first late, the other in its place. */
  boolean isPerhapsPaidTwice() {
    return paysLate() && other.isPresent();
  }
}
