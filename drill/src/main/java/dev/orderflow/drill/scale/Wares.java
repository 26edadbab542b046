package dev.orderflow.drill.scale;

import dev.orderflow.drill.machine.Machine;

/** What the orders of these drills buy: one piece each, paid by card. */
final class Wares {

  /** Few enough to count, many enough that orders seldom wait for each other's row. */
  private static final int ARTICLES = 500;

  /** So many that none is ever sold out. */
  private static final int ON_HAND = 1_000_000;

  private Wares() {}

  /** Puts them on the shelves. */
  static void stock(Machine machine) {
    machine
        .ledger()
        .useTransaction(
            tx -> {
              for (int i = 0; i < ARTICLES; i++) {
                tx.execute(
                    "insert into stock (article, on_hand) values (?, ?)", article(i), ON_HAND);
              }
            });
  }

  /** How many pieces of them were handed over; whatever else the machine sells is left out. */
  static long sold(Machine machine) {
    String sql =
        """
        select coalesce(sum(%d - on_hand), 0) from stock where article like 'article-%%'
        """
            .formatted(ON_HAND);
    return machine.ledger().withHandle(tx -> tx.createQuery(sql).mapTo(Long.class).one());
  }

  private static String article(int number) {
    return "article-" + number % ARTICLES;
  }

  /**
   * An order document, on one line.
   *
   * @param key unique
   * @param token says how the payment goes
   */
  static String order(String key, int number, String token) {
    return """
        {"key": "%s", "customer": "customer-%d", "recipient": {"name": "Somebody", \
        "email": "customer-%d@example.com"}, "currency": "EUR", "lines": [{"article": "%s", \
        "quantity": 1, "unitPrice": 10.00}], "payment": {"channel": "sandbox", "token": "%s"}}"""
        .formatted(key, number, number, article(number), token);
  }
}
