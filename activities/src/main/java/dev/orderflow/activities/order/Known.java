package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.OrderId;

/** What the ledger has of an order: all of it, or what is left since it is archived. */
sealed interface Known permits StoredOrder, Tombstone {

  OrderId id();

  /** Of the document that it was placed with. */
  String fingerprint();
}
