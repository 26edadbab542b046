package dev.orderflow.drill.callbacks;

import dev.orderflow.cli.Progress;
import dev.orderflow.client.PlaceListener;
import dev.orderflow.client.Placed;
import dev.orderflow.drill.machine.Machine;
import dev.orderflow.drill.machine.Outside;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;

/** Real orders whose customers have paid, which nobody has told them yet. */
final class Orders {

  static final long PRICE_MINOR = 10_00;

  /** Few enough to count, many enough that orders seldom wait for each other's row. */
  private static final int ARTICLES = 200;

  private static final int AT_ONCE = 12;
  private static final long PATIENCE_SECONDS = 120;

  /** The customers pay soon after their orders wait for it, and no callback says so. */
  private static final String TOKEN = "async-silent:3000";

  private final Machine machine;
  private final Outside outside;
  private final List<String> ids;

  private Orders(Machine machine, Outside outside, int count) {
    this.machine = machine;
    this.outside = outside;
    this.ids = IntStream.range(0, count).mapToObj(i -> OrderId.ofKey(key(i)).value()).toList();
  }

  /** Places them, and returns when each waits for its payment, which has been made. */
  static Orders place(Machine machine, Outside outside, int count) throws InterruptedException {
    Orders orders = new Orders(machine, outside, count);
    orders.stock();
    try (Progress progress = Progress.onTerminal("Placing orders", count)) {
      orders.placeAll(progress);
    }
    orders.awaitPaid();
    return orders;
  }

  int count() {
    return ids.size();
  }

  private static String key(int number) {
    return "callbacks-" + number;
  }

  private static String article(int number) {
    return "article-" + number % ARTICLES;
  }

  private void stock() {
    machine
        .ledger()
        .useTransaction(
            tx -> {
              for (int i = 0; i < ARTICLES; i++) {
                tx.execute(
                    "insert into stock (article, on_hand) values (?, ?)", article(i), count());
              }
            });
  }

  private void placeAll(Progress progress) {
    machine
        .orders()
        .placeAll(
            IntStream.range(0, count()).iterator(),
            Orders::document,
            AT_ONCE,
            new PlaceListener<Integer>() {
              @Override
              public void placed(Integer number, Placed placed) {
                progress.step();
              }

              @Override
              public void refused(Integer number, RuntimeException why) {
                throw why;
              }
            });
  }

  private static OrderDocument document(int number) {
    return new OrderDocument(
        key(number),
        new CustomerId("customer-of-" + key(number)),
        new OrderDocument.Recipient("Somebody", key(number) + "@example.com", Optional.empty()),
        CurrencyUnit.EUR,
        List.of(
            new OrderDocument.Line(
                article(number),
                1,
                Optional.of(BigDecimal.valueOf(PRICE_MINOR, 2)),
                null,
                null,
                null)),
        Optional.empty(),
        new OrderDocument.Payment(Optional.of("sandbox-wallet"), TOKEN),
        Optional.empty());
  }

  private void awaitPaid() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (outside.waits().size() < count() || outside.effects().size() < count()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "of %d orders %d have waited for their payment, and %d were paid"
                .formatted(count(), outside.waits().size(), outside.effects().size()));
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /** How many of the orders stand so, by the ledger. */
  int inState(String status) {
    return machine
        .ledger()
        .withHandle(
            tx ->
                tx.select("select count(*) from sales_order where status = ?", status)
                    .mapTo(Integer.class)
                    .one());
  }

  /** Each event of another order, as long as there are any. */
  List<Event> events(int count) {
    Map<String, String> charges = new HashMap<>();
    outside.effects().forEach(effect -> charges.put(effect.order(), effect.id()));
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String order = ids.get(i % ids.size());
      events.add(Event.of("evt_drill_" + i, order, charges.get(order)));
    }
    return events;
  }
}
