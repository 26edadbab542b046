package dev.orderflow.activities.timeline;

import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The way of an order, from the ledger.
 *
 * @param begin when it was placed
 * @param end of the last stage; now, by the database's clock, while one lasts
 * @param stages by their begin; may overlap, and with the gaps cover the whole time
 * @param totals every instant counted once
 */
public record Timeline(
    OrderId order,
    OrderStatus status,
    Instant begin,
    Instant end,
    List<Stage> stages,
    Map<WaitedFor, Duration> totals) {}
