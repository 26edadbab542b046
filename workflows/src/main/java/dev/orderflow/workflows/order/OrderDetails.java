package dev.orderflow.workflows.order;

import dev.orderflow.workflows.payment.NextAction;
import java.util.stream.Collectors;

/** An order in words, for the Web UI's details. */
final class OrderDetails {

  private OrderDetails() {}

  static String of(OrderView order) {
    StringBuilder text = new StringBuilder("**").append(order.status()).append("**");
    order.reason().ifPresent(reason -> text.append(" — ").append(reason));
    order.plan().ifPresent(plan -> text.append("\n\n").append(lines(order, plan)));
    if (!order.steps().isEmpty()) {
      text.append("\n\n").append(steps(order));
    }
    order.nextAction().ifPresent(action -> text.append("\n\n").append(toDo(order, action)));
    order.review().ifPresent(review -> text.append("\n\n").append(waiting(order, review)));
    return text.toString();
  }

  private static String lines(OrderView order, OrderPlan plan) {
    String lines =
        plan.lines().stream()
            .map(
                line ->
                    "- "
                        + line.quantity()
                        + " × "
                        + line.article()
                        + ", "
                        + line.name()
                        + ": "
                        + line.net())
            .collect(Collectors.joining("\n"));
    return lines
        + "\n\n**"
        + plan.total()
        + "** by "
        + order.paidBy().orElse(plan.payment().channel());
  }

  private static String steps(OrderView order) {
    return order.steps().stream()
        .map(
            step ->
                "- "
                    + step.key().step().word()
                    + ": "
                    + step.outcome().state()
                    + step.outcome().reference().map(r -> " `" + r + "`").orElse("")
                    + step.outcome().reason().map(r -> ", " + r).orElse(""))
        .collect(Collectors.joining("\n"));
  }

  private static String toDo(OrderView order, NextAction action) {
    String until = order.payUntil().map(end -> " until " + end).orElse("");
    return "The customer has"
        + until
        + " to "
        + action.inWords()
        + ", which expires "
        + action.expiresAt()
        + ".";
  }

  private static String waiting(OrderView order, Review review) {
    return "Waits for an operator ("
        + review.version()
        + "): `orderflow review "
        + order.orderId()
        + "`, one of "
        + review.choices();
  }
}
