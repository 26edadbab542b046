package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import org.joda.money.Money;

/**
 * An order as its customer knows it.
 *
 * @param status what the client was told at the end
 */
record Account(Scenario scenario, OrderId order, OrderStatus status) {

  String name() {
    return scenario.name();
  }

  String mailAddress() {
    return scenario.mailAddress();
  }

  boolean isCompleted() {
    return status == OrderStatus.COMPLETED;
  }

  /** What the shop is to have of it in the end. */
  Money owed() {
    Money price = scenario.basket().price();
    return isCompleted() && !scenario.isChargedBack() ? price : Money.zero(price.getCurrencyUnit());
  }
}
