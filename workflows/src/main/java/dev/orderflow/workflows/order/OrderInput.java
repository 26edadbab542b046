package dev.orderflow.workflows.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What an order's workflow starts with.
 *
 * @param document absent when an order is recovered: then it is read from the ledger
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OrderInput(OrderId orderId, Optional<OrderDocument> document) {

  public OrderInput {
    document = document == null ? Optional.empty() : document;
  }

  public static OrderInput place(OrderDocument document) {
    return new OrderInput(OrderId.ofKey(document.key()), Optional.of(document));
  }

  public static OrderInput recover(OrderId orderId) {
    return new OrderInput(orderId, Optional.empty());
  }
}
