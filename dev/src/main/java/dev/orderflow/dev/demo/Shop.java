package dev.orderflow.dev.demo;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.catalog.CatalogStore.Entry;
import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.order.Article;
import dev.orderflow.activities.order.Discounts.Percent;
import dev.orderflow.dev.Addresses;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.order.OrderDocument;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** The shop that the demo's customers buy in: a few articles and a coupon. */
final class Shop {

  static final String BEANS = "espresso-beans";
  static final String GRINDER = "hand-grinder";
  static final String ESPRESSO_MACHINE = "espresso-machine";
  static final String ANNIVERSARY_CUP = "anniversary-cup";
  static final String PARCEL = "parcel";

  /** A tenth off. */
  static final String WELCOME = "WELCOME10";

  /** The least an order comes to that is rewarded; {@code dev} configures its worker so. */
  static final Money REWARD_FROM = Money.parse("EUR 50.00");

  /** How long its customers have to pay: less than in a real one, which would be dull to watch. */
  static final Duration PAYMENT_DEADLINE = Duration.ofSeconds(15);

  /** Four bags of beans, and only they, may be paid by another channel. */
  static final String CONFIGURATION =
      """

      [payment.waiting]
      deadline = "%ds"

      [[payment.routes]]
      from = "EUR 75.60"
      below = "EUR 75.61"
      channels = [{ name = "sandbox" }, { name = "sandbox-plain", weight = 0 }]
      """
          .formatted(PAYMENT_DEADLINE.toSeconds());

  private static final List<Entry> RANGE =
      List.of(
          article(BEANS, "Espresso beans, 1 kg", gross("18.90", 7), 100),
          article(GRINDER, "Hand grinder", net("74.87", 19), 20),
          article(ESPRESSO_MACHINE, "Espresso machine", gross("649.00", 19), 5),
          article(ANNIVERSARY_CUP, "Anniversary cup", gross("15.00", 19), 1),
          new Entry(
              new Article(PARCEL, LineKind.SHIPPING, "Parcel", gross("4.90", 19)),
              Optional.empty()));

  /** What is on hand when the shop opens. */
  static final Map<String, Integer> STOCK =
      RANGE.stream()
          .filter(entry -> entry.onHand().isPresent())
          .collect(
              Collectors.toMap(
                  entry -> entry.article().code(), entry -> entry.onHand().orElseThrow()));

  private Shop() {}

  /** Fills the catalog, the shelves and the coupons, as the commands for it would. */
  static void open(Addresses addresses) {
    Injector injector =
        Guice.createInjector(new ActivitiesModule(WorkerConfig.read(addresses.workerToml())));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      injector.getInstance(CatalogStore.class).importAll(RANGE);
      injector
          .getInstance(CouponStore.class)
          .create(CouponIssue.of(WELCOME, new Percent(BigDecimal.TEN), 100));
    }
  }

  /** Each order has a customer of its own. */
  static CustomerId customer(Scenario scenario) {
    return new CustomerId("customer-" + scenario.name());
  }

  /** What the customer of a scenario sends. */
  static OrderDocument document(Scenario scenario) {
    Basket basket = scenario.basket();
    return new OrderDocument(
        scenario.name(),
        customer(scenario),
        new OrderDocument.Recipient("A customer", scenario.mailAddress(), Optional.empty()),
        CurrencyUnit.EUR,
        basket.items().stream().map(Shop::line).toList(),
        basket.coupon(),
        new OrderDocument.Payment(basket.channel(), basket.token()),
        Optional.empty());
  }

  private static OrderDocument.Line line(Basket.Item item) {
    return new OrderDocument.Line(
        item.article(),
        item.quantity(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Entry article(String code, String name, LinePrice price, int onHand) {
    return new Entry(new Article(code, LineKind.ARTICLE, name, price), Optional.of(onHand));
  }

  private static LinePrice gross(String amount, int taxRate) {
    return new LinePrice(Money.parse("EUR " + amount), BigDecimal.valueOf(taxRate), true);
  }

  private static LinePrice net(String amount, int taxRate) {
    return new LinePrice(Money.parse("EUR " + amount), BigDecimal.valueOf(taxRate), false);
  }
}
