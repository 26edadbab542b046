/**
 * {@code orderflow bench}: what an order costs beside an empty workflow. The command starts a
 * throw-away machine and the processes that are measured; those place the orders, so that a starter
 * and a worker can be one process, as eager start wants it, or two.
 */
package dev.orderflow.drill.bench;
