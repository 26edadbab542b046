/** What an order, and what each list, costs in a ledger of a million orders. */
package dev.orderflow.drill.ledger;
