package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What the ledger recalls of an order.
 *
 * @param archived how it ended, where it is archived; absent where the ledger has no such order, or
 *     has all of it still
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Recollection(Optional<OrderView> archived) {

  public Recollection {
    archived = archived == null ? Optional.empty() : archived;
  }
}
