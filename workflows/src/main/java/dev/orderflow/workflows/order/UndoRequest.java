package dev.orderflow.workflows.order;

import dev.orderflow.workflows.saga.Reason;

/**
 * The wish to take an order back.
 *
 * @param ending how the order is to end; the first wish recorded decides
 */
public record UndoRequest(OrderId orderId, OrderStatus ending, Reason reason, Decision decision) {}
