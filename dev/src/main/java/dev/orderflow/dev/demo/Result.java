package dev.orderflow.dev.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.orderflow.dev.Figures;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;

/**
 * What the demo has to show.
 *
 * @param violations of the books: money, stock, coupons, mails, statuses
 * @param unplayed scripts that could not be played to the end; about the books that says nothing
 * @param costs what took more than it may
 */
record Result(
    List<Line> scenarios,
    List<Violation> violations,
    List<Violation> unplayed,
    List<Violation> costs,
    URI webUi) {

  /** Whether there is nothing to find fault with. */
  boolean isWell() {
    return violations.isEmpty() && unplayed.isEmpty() && costs.isEmpty();
  }

  /**
   * One scenario.
   *
   * @param order what the order's own workflow cost
   * @param aftercare what the workflow after it cost, where there was one
   * @param balance charged less refunded, by the provider's log
   */
  record Line(
      Scenario scenario,
      OrderId orderId,
      Optional<OrderStatus> status,
      Figures order,
      Optional<Figures> aftercare,
      Money balance,
      Optional<Long> commits) {

    /** Everything together. */
    Figures total() {
      return aftercare.map(order::plus).orElse(order);
    }
  }

  /** The result for programs. */
  Summary summary() {
    return new Summary(
        scenarios.stream().map(Entry::of).toList(), violations, unplayed, costs, webUi);
  }

  record Summary(
      List<Entry> scenarios,
      List<Violation> violations,
      List<Violation> unplayed,
      List<Violation> costs,
      URI webUi) {}

  /** One scenario for programs: the figures of the order's workflow, then of its aftercare. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Entry(
      String name,
      OrderId orderId,
      Optional<OrderStatus> status,
      int historyEvents,
      int workflowTasks,
      int actions,
      Optional<Figures> aftercare,
      Money chargedLessRefunded,
      Optional<Long> commits) {

    static Entry of(Line line) {
      return new Entry(
          line.scenario().name(),
          line.orderId(),
          line.status(),
          line.order().events(),
          line.order().workflowTasks(),
          line.order().actions(),
          line.aftercare(),
          line.balance(),
          line.commits());
    }
  }
}
