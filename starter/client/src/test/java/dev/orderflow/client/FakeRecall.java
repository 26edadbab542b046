package dev.orderflow.client;

import dev.orderflow.workflows.order.Archived;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.RecallWorkflow;
import dev.orderflow.workflows.order.Recollection;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.Optional;

/** {@link #ORDER} is archived, and Temporal keeps no run of it. */
public final class FakeRecall implements RecallWorkflow {

  /** An order that is archived. */
  public static final OrderId ORDER = new OrderId("ord-00010000000000000000");

  /** An order of which the ledger can't be asked now. */
  static final OrderId SILENT = new OrderId("ord-00020000000000000000");

  static final Archived SINCE =
      new Archived(Instant.parse("2024-05-06T07:08:09Z"), Instant.parse("2026-01-02T03:04:05Z"));

  @Override
  public Recollection recall(OrderId orderId) {
    Workflow.await(() -> !orderId.equals(SILENT));
    return new Recollection(
        Optional.of(orderId)
            .filter(ORDER::equals)
            .map(id -> OrderView.archived(id, OrderStatus.COMPLETED, Optional.empty(), SINCE)));
  }
}
