package dev.orderflow.workflows.order;

import java.time.Instant;

/**
 * That an order ended long ago and was moved out of the ledger's tables: nothing can be done for it
 * any more.
 *
 * @param endedAt when it was completed, or taken back
 * @param archivedAt when it was moved
 */
public record Archived(Instant endedAt, Instant archivedAt) {}
