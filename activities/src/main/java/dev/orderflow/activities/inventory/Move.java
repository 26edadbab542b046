package dev.orderflow.activities.inventory;

/** What can become of reservations, and what that does to their stock. */
enum Move {
  RELEASE(State.RESERVED, State.RELEASED, "reserved = stock.reserved - sums.quantity"),
  EXPIRE(State.RESERVED, State.EXPIRED, RELEASE.change),
  COMMIT(
      State.RESERVED,
      State.COMMITTED,
      "reserved = stock.reserved - sums.quantity, on_hand = stock.on_hand - sums.quantity"),
  RESTOCK(State.COMMITTED, State.RESTOCKED, "on_hand = stock.on_hand + sums.quantity");

  /** How one line's reservation stands. */
  enum State {
    RESERVED,
    COMMITTED,
    RELEASED,
    RESTOCKED,
    EXPIRED
  }

  private final State from;
  private final State to;
  private final String change;

  Move(State from, State to, String change) {
    this.from = from;
    this.to = to;
    this.change = change;
  }

  State from() {
    return from;
  }

  State to() {
    return to;
  }

  /** In SQL, of the articles' {@code sums}. */
  String change() {
    return change;
  }
}
