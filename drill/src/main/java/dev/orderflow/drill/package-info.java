/** Faults and load on a machine of its own: what the documents promise, tried and measured. */
package dev.orderflow.drill;
