package dev.orderflow.activities.payment;

import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Orders;
import dev.orderflow.workflows.order.OrderId;
import jakarta.inject.Inject;
import java.util.List;

/** The disputes about orders' payments, as the ledger knows them; for people to look at. */
public final class Disputes {
  private final Transactions transactions;
  private final DisputeStore store = new DisputeStore();

  private final Orders orders;

  @Inject
  public Disputes(Transactions transactions, Orders orders) {
    this.transactions = transactions;
    this.orders = orders;
  }

  /**
   * All of an order, oldest first.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code ORDER_ARCHIVED} where the order is
   *     archived, and its disputes with it
   */
  public List<DisputeCase> ofOrder(OrderId order) {
    return transactions.read(
        tx -> {
          orders.requireHere(tx, order);
          return store.ofOrder(tx, order);
        });
  }

  /** Those that are not decided, whose answer is due first ahead; at most so many. */
  public List<DisputeCase> open(int atMost) {
    return transactions.read(tx -> store.open(tx, atMost));
  }

  /** All there are, the newest first; at most so many. */
  public List<DisputeCase> latest(int atMost) {
    return transactions.read(tx -> store.latest(tx, atMost));
  }
}
