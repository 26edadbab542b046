package dev.orderflow.activities.ledger;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.saga.Reason;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Something held for a limited time that must not lapse once money is asked for. The payment's
 * first transaction asks every pin, in the set's order; what is pinned ends only by its order's own
 * undo.
 */
public interface Pin {

  /**
   * Pins what the order holds. Idempotent: what is pinned already is fine, however late.
   *
   * @return why not, when it has lapsed or too little of its time is left; then the caller rolls
   *     back
   */
  Optional<Reason> pin(Handle tx, OrderId order);
}
