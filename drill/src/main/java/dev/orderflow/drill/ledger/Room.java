package dev.orderflow.drill.ledger;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Modules;
import com.zaxxer.hikari.HikariDataSource;
import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.ledger.AttemptKind;
import dev.orderflow.activities.ledger.DatabaseConfig;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.notification.MailTransport;
import dev.orderflow.activities.notification.NotificationConfig;
import dev.orderflow.activities.order.Article;
import dev.orderflow.activities.order.Discounts;
import dev.orderflow.activities.order.OrderConfig;
import dev.orderflow.activities.payment.PaymentConfig;
import dev.orderflow.activities.payment.PluggedChannel;
import dev.orderflow.activities.reward.Campaign;
import dev.orderflow.activities.reward.RewardConfig;
import dev.orderflow.activities.settlement.OrderHints;
import dev.orderflow.activities.settlement.ReconcileActivitiesImpl;
import dev.orderflow.activities.settlement.SettlementReports;
import dev.orderflow.worker.ActivitiesModule;
import dev.orderflow.worker.config.WorkerConfig;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.settlement.ReconcileActivities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.Money;

/** A worker's activities over one database, without Temporal; provider and mails are played. */
final class Room implements AutoCloseable {

  static final String COUPON = "WELCOME";
  private static final String CAMPAIGN = "thanks";

  /** As the benchmark: so many that orders seldom meet at an article. */
  static final int ARTICLES = 1_000;

  private static final int PLENTY = 1_000_000_000;

  final Bank bank = new Bank();
  private final Injector injector;

  Room(DatabaseConfig database) {
    this(database, Modules.EMPTY_MODULE);
  }

  /** With a part replaced. */
  Room(DatabaseConfig database, Module replaced) {
    Module played = Modules.override(new ActivitiesModule(config(database))).with(played());
    injector = Guice.createInjector(Modules.override(played).with(replaced));
  }

  private WorkerConfig config(DatabaseConfig database) {
    Campaign thanks = new Campaign(CAMPAIGN, Optional.of(BigDecimal.TEN), Optional.empty(), null);
    OrderConfig orders =
        new OrderConfig(
            null,
            null,
            null,
            Optional.of(
                new OrderConfig.RewardRule(CAMPAIGN, Optional.of(Money.parse("EUR 50.00")))),
            null,
            null);
    PaymentConfig payment =
        new PaymentConfig(
            Bank.NAME,
            null,
            null,
            Map.of(Bank.NAME, new PluggedChannel<>(new Bank.Provider(bank), new Bank.Told())),
            null,
            null);
    return new WorkerConfig(
        null,
        null,
        database,
        null,
        orders,
        null,
        null,
        new RewardConfig(List.of(thanks)),
        null,
        payment,
        NotificationConfig.plain("127.0.0.1", 25, "Example Shop <shop@example.com>"),
        null,
        null,
        null,
        null,
        null);
  }

  private static AbstractModule played() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(new TypeLiteral<Supplier<AttemptKind>>() {}).toInstance(() -> AttemptKind.LOCAL);
        bind(MailTransport.class).toInstance((mail, timeout) -> Outcome.succeeded());
        bind(OrderHints.class).toInstance(order -> OrderHints.Told.NOBODY);
        bind(ReconcileActivities.class).to(ReconcileActivitiesImpl.class);
        MapBinder.newMapBinder(binder(), String.class, SettlementReports.class)
            .addBinding(Bank.NAME)
            .to(DailyReport.class);
      }
    };
  }

  <T> T get(Class<T> type) {
    return injector.getInstance(type);
  }

  Set<ExpirySweep> sweeps() {
    return injector.getInstance(Key.get(new TypeLiteral<Set<ExpirySweep>>() {}));
  }

  Jdbi ledger() {
    return get(Jdbi.class);
  }

  /** Fills the catalog and the shelves, and issues a coupon. */
  void stock() {
    List<CatalogStore.Entry> articles =
        IntStream.range(0, ARTICLES).mapToObj(i -> entry("article-" + i, PLENTY)).toList();
    get(CatalogStore.class)
        .importAll(Stream.concat(articles.stream(), Stream.of(entry("sold-out", 0))).toList());
    get(CouponStore.class)
        .create(CouponIssue.of(COUPON, new Discounts.Percent(BigDecimal.TEN), PLENTY));
  }

  private static CatalogStore.Entry entry(String code, int onHand) {
    LinePrice price = new LinePrice(Money.parse("EUR 19.90"), BigDecimal.valueOf(19), true);
    return new CatalogStore.Entry(
        new Article(code, LineKind.ARTICLE, "Article " + code, price), Optional.of(onHand));
  }

  @Override
  public void close() {
    get(HikariDataSource.class).close();
  }
}
