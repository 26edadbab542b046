package dev.orderflow.drill.bench;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.order.Article;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderStatus;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** What customers order, and how it has to end: a function of the variant and a number. */
final class Purchases {

  /** How soon a customer of {@link Variant#ASYNC} has paid. */
  static final Duration CALLBACK_AFTER = Duration.ofMillis(100);

  /** So many that orders at the same time seldom wait for each other's article. */
  private static final int ARTICLES = 1_000;

  /** After so many orders the kinds of a mix come again. */
  static final int PERIOD = 20;

  private static final int PLENTY = 1_000_000_000;
  private static final String SOLD_OUT = "sold-out";

  /** Below what is rewarded or reviewed. */
  private static final LinePrice PRICE =
      new LinePrice(Money.parse("EUR 19.90"), BigDecimal.valueOf(19), true);

  private final String run;

  /**
   * @param run a word that no other run on the same Temporal server has
   */
  Purchases(String run) {
    this.run = run;
  }

  /** Fills the catalog and the shelves. */
  static void stock(Path workerToml) {
    List<CatalogStore.Entry> range = new ArrayList<>();
    for (int i = 0; i < ARTICLES; i++) {
      range.add(entry(article(i), PLENTY));
    }
    range.add(entry(SOLD_OUT, 0));
    Injector injector = Guice.createInjector(new ActivitiesModule(WorkerConfig.read(workerToml)));
    try (HikariDataSource pool = injector.getInstance(HikariDataSource.class)) {
      injector.getInstance(CatalogStore.class).importAll(range);
    }
  }

  private static CatalogStore.Entry entry(String code, int onHand) {
    return new CatalogStore.Entry(
        new Article(code, LineKind.ARTICLE, "Article " + code, PRICE), Optional.of(onHand));
  }

  private static String article(long number) {
    return "article-" + number % ARTICLES;
  }

  String key(Variant variant, long number) {
    return run + "-" + variant.word() + "-" + number;
  }

  OrderDocument document(Variant variant, long number) {
    return new OrderDocument(
        key(variant, number),
        new CustomerId("customer-" + number),
        new OrderDocument.Recipient(
            "Customer " + number, "customer-" + number + "@example.com", Optional.empty()),
        CurrencyUnit.EUR,
        List.of(
            new OrderDocument.Line(
                isOutOfStock(variant, number) ? SOLD_OUT : article(number),
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())),
        Optional.empty(),
        payment(variant, number),
        Optional.empty());
  }

  private static OrderDocument.Payment payment(Variant variant, long number) {
    if (variant.isAwaited()) {
      return new OrderDocument.Payment(
          Optional.of("sandbox-wallet"), "async:" + CALLBACK_AFTER.toMillis());
    }
    return new OrderDocument.Payment(Optional.of("sandbox"), token(variant, number));
  }

  private static String token(Variant variant, long number) {
    if (isDeclined(variant, number)) {
      return "decline:card_declined";
    }
    return variant == Variant.MIX && number % (PERIOD / 2) == 3 ? "error_before:1" : "approve";
  }

  private static boolean isDeclined(Variant variant, long number) {
    return variant == Variant.MIX && number % PERIOD == 0;
  }

  private static boolean isOutOfStock(Variant variant, long number) {
    return variant == Variant.MIX && number % PERIOD == PERIOD / 2;
  }

  /** How the order has to end. */
  static OrderStatus ending(Variant variant, long number) {
    if (isDeclined(variant, number)) {
      return OrderStatus.DECLINED;
    }
    return isOutOfStock(variant, number) ? OrderStatus.REJECTED : OrderStatus.COMPLETED;
  }
}
