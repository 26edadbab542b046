package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.saga.Reason;
import java.util.List;
import org.joda.money.Money;

/** What is decided about a document. */
sealed interface Assessment {

  /** It can be an order. */
  record Possible(OrderPlan plan, List<Line> lines) implements Assessment {}

  /** It can't. */
  record Impossible(Reason why) implements Assessment {}

  /** A line with its price and its share of the discount. */
  record Line(
      int number,
      String article,
      String name,
      LineKind kind,
      int quantity,
      LinePrice price,
      Money gross,
      Money discount) {

    Line less(Money share) {
      return new Line(number, article, name, kind, quantity, price, gross, share);
    }

    OrderPlan.Line planned() {
      return new OrderPlan.Line(number, article, name, kind, quantity, gross, discount);
    }
  }
}
