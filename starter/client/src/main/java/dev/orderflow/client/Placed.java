package dev.orderflow.client;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderView;

/** An order that is placed. */
public record Placed(OrderId orderId, Novelty novelty) {

  /**
   * Whether this call placed it, as far as Temporal knows: once it has forgotten an order's run,
   * the same document is {@link #NEW} to it again. The ledger forgets no key, and nothing is done
   * twice.
   */
  public enum Novelty {
    /** It is new. */
    NEW,
    /** The same document was placed under the same key before; nothing was done. */
    EXISTING
  }

  /** The same, as its ending tells: an archived order was not placed by this call. */
  public Placed asKnownBy(OrderView ended) {
    return ended.archived().isPresent() ? new Placed(orderId, Novelty.EXISTING) : this;
  }
}
