package dev.orderflow.dev.demo;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.util.List;
import java.util.Optional;

/**
 * A scenario that was played.
 *
 * @param status what the client was told at the end
 * @param commits what it cost our database, where it was measured
 * @param troubles what did not go as the script wants it
 */
record Performance(
    Scenario scenario,
    OrderId order,
    Optional<OrderStatus> status,
    Optional<Long> commits,
    List<Violation> troubles) {

  Performance {
    troubles = List.copyOf(troubles);
  }

  Performance costing(long writingTransactions) {
    return new Performance(scenario, order, status, Optional.of(writingTransactions), troubles);
  }
}
