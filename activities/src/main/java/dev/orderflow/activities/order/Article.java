package dev.orderflow.activities.order;

import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;

/**
 * Something that is sold.
 *
 * @param code 1 to 64 letters, digits, '.', '_' or '-'
 */
public record Article(String code, LineKind kind, String name, LinePrice price) {}
