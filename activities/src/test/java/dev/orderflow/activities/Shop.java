package dev.orderflow.activities;

import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.util.Modules;
import dev.orderflow.activities.catalog.CatalogModule;
import dev.orderflow.activities.catalog.CatalogStore;
import dev.orderflow.activities.coupon.CouponConfig;
import dev.orderflow.activities.coupon.CouponModule;
import dev.orderflow.activities.inventory.InventoryConfig;
import dev.orderflow.activities.inventory.InventoryModule;
import dev.orderflow.activities.ledger.ExpirySweep;
import dev.orderflow.activities.ledger.Pin;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.Article;
import dev.orderflow.activities.order.Channels;
import dev.orderflow.activities.order.OrderConfig;
import dev.orderflow.activities.order.OrderModule;
import dev.orderflow.activities.order.PaymentRecord;
import dev.orderflow.activities.payment.Balances;
import dev.orderflow.activities.reward.RewardConfig;
import dev.orderflow.activities.reward.RewardModule;
import dev.orderflow.activities.risk.RiskConfig;
import dev.orderflow.activities.risk.RiskModule;
import dev.orderflow.workflows.coupon.CouponActivities;
import dev.orderflow.workflows.inventory.InventoryActivities;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.LinePrice;
import dev.orderflow.workflows.order.OrderActivities;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan;
import dev.orderflow.workflows.order.UndoRequest;
import dev.orderflow.workflows.payment.PaymentWait;
import dev.orderflow.workflows.reward.RewardActivities;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** A shop over a test's database: a catalog with stock, and the activities that sell it. */
public final class Shop {

  public static final CustomerId CUSTOMER = new CustomerId("c-1");

  private static final AtomicInteger KEYS = new AtomicInteger();

  /** What a shop is told; a test changes one part of it. */
  public record Config(
      OrderConfig order,
      InventoryConfig inventory,
      CouponConfig coupon,
      RewardConfig reward,
      RiskConfig risk) {

    public static Config usual() {
      return new Config(
          OrderConfig.defaults(),
          InventoryConfig.defaults(),
          CouponConfig.defaults(),
          RewardConfig.defaults(),
          RiskConfig.defaults());
    }

    public Config with(OrderConfig changed) {
      return new Config(changed, inventory, coupon, reward, risk);
    }

    public Config with(InventoryConfig changed) {
      return new Config(order, changed, coupon, reward, risk);
    }

    public Config with(RewardConfig changed) {
      return new Config(order, inventory, coupon, changed, risk);
    }

    public Config with(RiskConfig changed) {
      return new Config(order, inventory, coupon, reward, changed);
    }
  }

  /** How the customer of the channel {@code waits} is waited for. */
  public static final PaymentWait WAIT =
      new PaymentWait(Duration.ofMinutes(30), 3, List.of(Duration.ofSeconds(10)));

  /** As {@link #WAIT}; paid within an hour after that, the order goes on. */
  public static final PaymentWait REVIVING =
      new PaymentWait(
          WAIT.deadline(), WAIT.attempts(), WAIT.ladder(), Optional.of(Duration.ofHours(1)));

  /**
   * {@code test}, which answers at once, and {@code waits}, which can only charge; {@code revives}
   * is like it, and its orders go on when they are paid late.
   */
  private static final class TwoChannels implements Channels {
    @Override
    public String preferred() {
      return "test";
    }

    @Override
    public boolean offers(String channel) {
      return Set.of("test", "waits", "revives").contains(channel);
    }

    @Override
    public boolean canHold(String channel) {
      return channel.equals("test");
    }

    @Override
    public Optional<Duration> authorizationLasts(String channel) {
      return canHold(channel) ? Optional.of(Duration.ofDays(3)) : Optional.empty();
    }

    @Override
    public Set<String> named() {
      return Set.of(preferred());
    }

    @Override
    public Route route(Wish wish) {
      String channel = wish.payer().channel().orElseGet(this::preferred);
      return offers(channel)
          ? new Chosen(List.of(channel))
          : new NoRoute(new Reason("UNKNOWN_CHANNEL", "there is no payment channel " + channel));
    }

    @Override
    public Optional<PaymentWait> waiting(String channel) {
      return switch (channel) {
        case "waits" -> Optional.of(WAIT);
        case "revives" -> Optional.of(REVIVING);
        default -> Optional.empty();
      };
    }
  }

  private final TestDatabase database;
  private final Injector injector;

  public Shop(TestDatabase database, Config config) {
    this(database, config, Modules.EMPTY_MODULE);
  }

  /** With a part replaced. */
  public Shop(TestDatabase database, Config config, Module replaced) {
    this.database = database;
    injector =
        database.injector(
            Modules.combine(
                replaced,
                new OrderModule(config.order()),
                new CatalogModule(),
                new InventoryModule(config.inventory()),
                new CouponModule(config.coupon()),
                new RewardModule(config.reward()),
                new RiskModule(config.risk()),
                new AbstractModule() {
                  @Override
                  protected void configure() {
                    binder().requireExplicitBindings(); // as the worker does
                    bind(Channels.class).to(TwoChannels.class);
                    bind(PaymentRecord.class).to(Balances.class);
                    bind(Balances.class);
                  }
                }));
  }

  public static Shop usual(TestDatabase database) {
    return new Shop(database, Config.usual());
  }

  public <T> T get(Class<T> type) {
    return injector.getInstance(type);
  }

  public OrderActivities orders() {
    return get(OrderActivities.class);
  }

  public InventoryActivities inventory() {
    return get(InventoryActivities.class);
  }

  public CouponActivities coupons() {
    return get(CouponActivities.class);
  }

  public RewardActivities rewards() {
    return get(RewardActivities.class);
  }

  /** An article at a price in euros, tax included, with so much stock. */
  public void sells(String code, String price, int onHand) {
    sells(code, LineKind.ARTICLE, price, "0", true, Optional.of(onHand));
  }

  public void sells(
      String code,
      LineKind kind,
      String price,
      String taxRate,
      boolean taxIncluded,
      Optional<Integer> onHand) {
    LinePrice linePrice =
        new LinePrice(
            Money.of(CurrencyUnit.EUR, new BigDecimal(price)),
            new BigDecimal(taxRate),
            taxIncluded);
    Article article = new Article(code, kind, "The " + code, linePrice);
    get(CatalogStore.class).importAll(List.of(new CatalogStore.Entry(article, onHand)));
  }

  public static OrderDocument.Line line(String article, int quantity) {
    return new OrderDocument.Line(article, quantity, null, null, null, null);
  }

  public static OrderDocument document(OrderDocument.Line... lines) {
    return new OrderDocument(
        "key " + KEYS.incrementAndGet(),
        CUSTOMER,
        new OrderDocument.Recipient("Name", "name@example.com", null),
        CurrencyUnit.EUR,
        Arrays.asList(lines),
        null,
        new OrderDocument.Payment(null, "approve"),
        null);
  }

  public static OrderDocument withCoupon(OrderDocument document, String coupon) {
    return new OrderDocument(
        document.key(),
        document.customer(),
        document.recipient(),
        document.currency(),
        document.lines(),
        Optional.of(coupon),
        document.payment(),
        document.total());
  }

  public static OrderDocument paidBy(String channel, OrderDocument document) {
    return new OrderDocument(
        document.key(),
        document.customer(),
        document.recipient(),
        document.currency(),
        document.lines(),
        document.coupon(),
        new OrderDocument.Payment(Optional.of(channel), document.payment().token()),
        document.total());
  }

  public Acceptance accept(OrderDocument document) {
    return orders().accept(OrderInput.place(document));
  }

  /** An accepted order of so many pieces. */
  public OrderId placed(String article, int quantity) {
    OrderInput input = OrderInput.place(document(line(article, quantity)));
    orders().accept(input);
    return input.orderId();
  }

  /** What reserving the order's only line asks. */
  public static InventoryActivities.Reservation reservation(
      OrderId order, String article, int quantity) {
    return new InventoryActivities.Reservation(
        StepKey.of(order, Step.RESERVE),
        List.of(new InventoryActivities.Line(1, article, quantity)));
  }

  /** An accepted order with its stock reserved. */
  public OrderId reserved(String article, int quantity) {
    OrderId order = placed(article, quantity);
    inventory().reserve(reservation(order, article, quantity));
    return order;
  }

  /** An order whose stock is committed. */
  public OrderId completed(String article, int quantity) {
    OrderId order = reserved(article, quantity);
    inventory().commit(StepKey.of(order, Step.COMMIT));
    return order;
  }

  public UndoPlan beginUndo(OrderId order, OrderStatus ending) {
    return orders().beginUndo(undo(order, ending));
  }

  public static UndoRequest undo(OrderId order, OrderStatus ending) {
    Reason reason = new Reason(ending.name(), "as wished");
    return new UndoRequest(order, ending, reason, Decision.bySystem(reason));
  }

  /** Asks all pins in one transaction; the first refusal, rolled back. */
  public Optional<Reason> pin(OrderId order) {
    try {
      get(Transactions.class)
          .in(
              tx -> {
                pins().forEach(pin -> pin.pin(tx, order).ifPresent(reason -> refuse(reason)));
                return order;
              });
      return Optional.empty();
    } catch (Refused refused) {
      return Optional.of(refused.reason);
    }
  }

  private static void refuse(Reason reason) {
    throw new Refused(reason);
  }

  private static final class Refused extends RuntimeException {
    private final transient Reason reason;

    Refused(Reason reason) {
      this.reason = reason;
    }
  }

  private Set<Pin> pins() {
    return injector.getInstance(Key.get(new TypeLiteral<Set<Pin>>() {}));
  }

  /** Runs every sweep once; how much lapsed. */
  public int sweep() {
    Set<ExpirySweep> sweeps = injector.getInstance(Key.get(new TypeLiteral<Set<ExpirySweep>>() {}));
    return sweeps.stream().mapToInt(ExpirySweep::sweep).sum();
  }

  /** Lets time go by for what the order holds. */
  public void age(OrderId order, Duration by) {
    for (String table : List.of("reservation", "coupon_use")) {
      database.execute(
          "update %s set expires_at = expires_at - interval '%d seconds' where order_id = '%s'"
              .formatted(table, by.toSeconds(), order));
    }
  }

  public String status(OrderId order) {
    return text("select status from sales_order where id = '" + order + "'");
  }

  public String text(String sql) {
    return get(Jdbi.class).withHandle(h -> h.createQuery(sql).mapTo(String.class).one());
  }
}
