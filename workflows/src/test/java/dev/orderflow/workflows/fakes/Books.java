package dev.orderflow.workflows.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.workflows.notification.NotificationActivities.Event;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.joda.money.Money;

/** The world's side of one order: what it paid, where its goods are, what its customer was told. */
public final class Books {

  enum Stock {
    ON_HAND,
    RESERVED,
    HANDED_OVER
  }

  enum Coupon {
    FREE,
    HELD,
    REDEEMED
  }

  enum Authorization {
    NONE,
    OPEN,
    VOIDED,
    CAPTURED
  }

  final Money total;
  Money captured;
  Money refunded;
  int cameLate;
  int returned;
  int kept;
  boolean revived;
  Money wished;
  Authorization authorization = Authorization.NONE;
  Stock stock = Stock.ON_HAND;
  Coupon coupon = Coupon.FREE;
  boolean rewarded;
  final List<Event> mails = new ArrayList<>();

  Books(Money total) {
    this.total = total;
    captured = total.withAmount(0);
    refunded = total.withAmount(0);
    wished = total.withAmount(0);
  }

  /** Money that came late pays for the order, which goes on. */
  void revive() {
    revived = true;
    cameLate--;
    captured = captured.plus(total);
  }

  /** Whether an order that was revived could not be completed after all. */
  private boolean isGivenUpAgain(OrderStatus ending) {
    return revived && ending != OrderStatus.COMPLETED && ending != OrderStatus.REFUNDED;
  }

  /** Fails unless the world is what an order with this ending promises. */
  void mustAgreeWith(OrderStatus ending) {
    assertThat(Collections.frequency(mails, Event.ORDER_CONFIRMED))
        .as("confirmations")
        .isLessThanOrEqualTo(1);
    assertThat(returned + kept).as("late payments given back, or kept").isEqualTo(cameLate);
    assertThat(Collections.frequency(mails, Event.PAYMENT_RETURNED))
        .as("notices")
        .isEqualTo(returned + (isGivenUpAgain(ending) ? 1 : 0));
    if (ending == OrderStatus.COMPLETED) {
      assertThat(captured).as("captured").isEqualTo(total);
      assertThat(refunded).as("refunded").isEqualTo(wished);
      assertThat(stock).as("stock").isEqualTo(Stock.HANDED_OVER);
      assertThat(mails).as("mails").doesNotContain(Event.ORDER_REFUNDED);
      return;
    }
    assertThat(captured.minus(refunded).isZero()).as(captured + " less " + refunded).isTrue();
    assertThat(authorization).as("authorization").isNotEqualTo(Authorization.OPEN);
    assertThat(stock).as("stock").isEqualTo(Stock.ON_HAND);
    assertThat(coupon).as("coupon").isEqualTo(Coupon.FREE);
    assertThat(rewarded).as("rewarded").isFalse();
    if (ending == OrderStatus.REFUNDED) {
      assertThat(mails).as("mails").containsOnlyOnce(Event.ORDER_REFUNDED);
    } else {
      assertThat(mails).as("mails").allMatch(Event.PAYMENT_RETURNED::equals);
    }
  }
}
