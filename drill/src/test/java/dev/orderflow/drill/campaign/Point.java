package dev.orderflow.drill.campaign;

import dev.orderflow.workflows.order.OrderId;

/**
 * One moment in the life of one order.
 *
 * @param call the step's word, as in keys; for what is written about the order itself the method's
 *     name in kebab case
 */
record Point(OrderId order, String call, Position position) {

  static Point parse(String line) {
    String[] words = line.split(" ");
    return new Point(new OrderId(words[0]), words[1], Position.valueOf(words[2]));
  }

  @Override
  public String toString() {
    return order + " " + call + " " + position;
  }
}
