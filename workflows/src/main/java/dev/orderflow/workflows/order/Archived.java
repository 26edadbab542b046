package dev.orderflow.workflows.order;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * That an order ended long ago and was moved out of the ledger's tables: nothing can be done for it
 * any more.
 *
 * @param endedAt when it was completed, or taken back
 * @param archivedAt when it was moved
 */
public record Archived(Instant endedAt, Instant archivedAt) {

  /** In one sentence, for whoever asked for something that can't be done any more. */
  public String inWords(OrderId order, OrderStatus ending) {
    return "order "
        + order
        + " ended as "
        + ending
        + " on "
        + endedAt.atOffset(ZoneOffset.UTC).toLocalDate()
        + " and is archived: nothing can be done for it any more";
  }
}
