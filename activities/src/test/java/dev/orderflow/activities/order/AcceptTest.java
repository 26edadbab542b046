package dev.orderflow.activities.order;

import static dev.orderflow.activities.Shop.document;
import static dev.orderflow.activities.Shop.line;
import static dev.orderflow.activities.Shop.withCoupon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.coupon.CouponIssue;
import dev.orderflow.activities.coupon.CouponStore;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.ledger.Transactions;
import dev.orderflow.activities.order.OrderConfig.PriceSource;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.LineKind;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderInput;
import dev.orderflow.workflows.order.OrderPlan;
import dev.orderflow.workflows.order.OrderStatus;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static Shop shop;

  @BeforeAll
  static void open() {
    shop = Shop.usual(database);
    shop.sells("mug", "12.50", 10);
    shop.sells("pen", "1.99", 10);
    shop.sells("desk", "600.00", 10);
    shop.sells("tool", LineKind.ARTICLE, "9.99", "19", false, Optional.of(5));
    shop.sells("gold", "10000000000.00", 10);
    shop.sells("parcel", LineKind.SHIPPING, "4.90", "19", true, Optional.empty());
    coupon(CouponIssue.of("TEN", percent("10"), 5));
    coupon(CouponIssue.of("FIVE", new Discounts.Amount(Money.parse("EUR 5.00")), 5));
    coupon(CouponIssue.of("BIG", new Discounts.Amount(Money.parse("EUR 100.00")), 5));
    coupon(CouponIssue.of("DOLLAR", new Discounts.Amount(Money.parse("USD 5.00")), 5));
    coupon(CouponIssue.of("OLD", percent("10"), 1));
    validity("OLD", "-1 year", "-1 day");
    coupon(CouponIssue.of("SOON", percent("10"), 1));
    validity("SOON", "1 hour", "2 hours");
  }

  /** Lets a coupon be valid between two moments, seen from now. */
  private static void validity(String code, String from, String until) {
    database.execute(
        "update coupon set valid_from = now() + interval '%s', valid_until = now() + interval '%s' where code = '%s'"
            .formatted(from, until, code));
  }

  private static void coupon(CouponIssue coupon) {
    shop.get(CouponStore.class).create(coupon);
  }

  private static Discounts.Percent percent(String percent) {
    return new Discounts.Percent(new BigDecimal(percent));
  }

  private static Acceptance rejected(OrderDocument document, String code) {
    Acceptance acceptance = shop.accept(document);
    assertThat(acceptance.status()).isEqualTo(OrderStatus.REJECTED);
    assertThat(acceptance.reason().orElseThrow().code()).isEqualTo(code);
    assertThat(acceptance.plan()).isEmpty();
    assertThat(shop.status(OrderId.ofKey(document.key()))).isEqualTo("REJECTED");
    assertThat(shop.accept(document)).as("again").isEqualTo(acceptance);
    return acceptance;
  }

  @Test
  void anOrderIsAcceptedOnceWithItsPlanAndItsLines() {
    OrderDocument document = document(line("mug", 2), line("parcel", 1));
    Acceptance first = shop.accept(document);
    assertThat(first.status()).isEqualTo(OrderStatus.PLACED);
    OrderPlan plan = first.plan().orElseThrow();
    assertThat(plan.total()).isEqualTo(Money.parse("EUR 29.90"));
    assertThat(plan.payment().channel()).isEqualTo("test");
    assertThat(plan.payment().hold()).isEmpty();
    assertThat(plan.lines())
        .extracting(OrderPlan.Line::name)
        .containsExactly("The mug", "The parcel");
    assertThat(shop.accept(document)).isEqualTo(first);
    assertThat(
            database.number(
                "select sum(net) from order_line where order_id = '"
                    + OrderId.ofKey(document.key())
                    + "'"))
        .isEqualTo(2990);
  }

  @Test
  void manyCopiesAtOnceAreOneOrder() {
    OrderDocument document = document(line("mug", 1));
    Callable<Acceptance> copy = () -> shop.accept(document);
    List<AtOnce.Result<Acceptance>> results = AtOnce.run(Collections.nCopies(6, copy));
    assertThat(results).allMatch(result -> result.failure() == null);
    assertThat(results).extracting(AtOnce.Result::value).containsOnly(shop.accept(document));
    assertThat(
            database.number(
                "select count(*) from order_line where order_id = '"
                    + OrderId.ofKey(document.key())
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void theKeyOfAnotherDocumentIsRefused() {
    OrderDocument document = document(line("mug", 1));
    shop.accept(document);
    OrderDocument other =
        new OrderDocument(
            document.key(),
            document.customer(),
            document.recipient(),
            document.currency(),
            List.of(line("mug", 2)),
            null,
            document.payment(),
            null);
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> shop.accept(other));
    assertThat(failure.getType()).isEqualTo("KEY_REUSED");
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void aLaterPriceChangesNothingForAnAcceptedOrder() {
    shop.sells("book", "20.00", 5);
    OrderDocument document = document(line("book", 1));
    Acceptance before = shop.accept(document);
    shop.sells("book", "25.00", 5);
    assertThat(shop.accept(document)).isEqualTo(before);
  }

  @Test
  void anOrderIsRecoveredFromTheLedger() {
    OrderDocument document = document(line("mug", 1));
    Acceptance placed = shop.accept(document);
    Acceptance recovered = shop.orders().accept(OrderInput.recover(OrderId.ofKey(document.key())));
    assertThat(recovered.plan()).isEqualTo(placed.plan());
    assertThat(recovered.document()).contains(document);
  }

  @Test
  void anOrderThatIsArchivedAsSoonAsItIsLookedUpIsAnsweredAllTheSame() {
    OrderDocument document = document(line("mug", 1));
    Acceptance placed = shop.accept(document);
    OrderId id = OrderId.ofKey(document.key());

    Acceptance again = archivedOnceLookedUp(id, () -> shop.accept(document));

    assertThat(again).isEqualTo(placed);
    assertThat(shop.accept(document).archived()).isPresent();

    database.execute("update sales_order set archived_at = null where id = '" + id + "'");
    OrderInput input = OrderInput.recover(id);
    assertThat(archivedOnceLookedUp(id, () -> shop.orders().accept(input)).document())
        .contains(document);
    assertThat(shop.orders().accept(input).archived()).isPresent();
  }

  private static Acceptance archivedOnceLookedUp(OrderId id, Supplier<Acceptance> question) {
    Jdbi connections = shop.get(Jdbi.class);
    SqlLogger usual = connections.getConfig(SqlStatements.class).getSqlLogger();
    AtomicBoolean archived = new AtomicBoolean();
    connections.setSqlLogger(
        new SqlLogger() {
          @Override
          public void logAfterExecution(StatementContext context) {
            if (context.getRawSql().contains("from sales_order where id = :id")
                && archived.compareAndSet(false, true)) {
              database.execute(
                  "update sales_order set archived_at = now(), completed_at = now()"
                      + " where id = '%s'".formatted(id));
            }
          }
        });
    try {
      return question.get();
    } finally {
      connections.setSqlLogger(usual);
      assertThat(archived).isTrue();
    }
  }

  @Test
  void whatIsNotInTheLedgerCannotBeRecovered() {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () -> shop.orders().accept(OrderInput.recover(OrderId.ofKey("nobody's"))));
    assertThat(failure.getType()).isEqualTo("NO_SUCH_ORDER");
    assertThat(failure.isNonRetryable()).isTrue();
  }

  @Test
  void taxThatIsNotIncludedIsAddedPerLine() {
    // 3 x 9.99 = 29.97; 19 % of it is 5.6943
    OrderPlan plan = shop.accept(document(line("tool", 3))).plan().orElseThrow();
    assertThat(plan.total()).isEqualTo(Money.parse("EUR 35.66"));
  }

  @Test
  void aDiscountIsTakenOffArticlesOnlyAndSumsUp() {
    OrderDocument document =
        withCoupon(document(line("mug", 1), line("parcel", 1), line("pen", 1)), "TEN");
    OrderPlan plan = shop.accept(document).plan().orElseThrow();
    // 10 % of 14.49, rounded: 1.45 = 1.25 + 0.20
    assertThat(plan.lines())
        .extracting(line -> line.discount().getAmountMinorLong())
        .containsExactly(125L, 0L, 20L);
    assertThat(plan.total()).isEqualTo(Money.parse("EUR 17.94"));
    assertThat(plan.coupon()).contains("TEN");
  }

  @Test
  void anAmountTakesOffAtMostWhatTheArticlesCost() {
    OrderPlan plan =
        shop.accept(withCoupon(document(line("mug", 1), line("pen", 1)), "BIG"))
            .plan()
            .orElseThrow();
    assertThat(plan.total()).isEqualTo(Money.parse("EUR 0.00"));
  }

  @ParameterizedTest
  @CsvSource({
    "OLD, COUPON_EXPIRED",
    "SOON, COUPON_NOT_VALID",
    "DOLLAR, COUPON_NOT_VALID",
    "NONE, COUPON_UNKNOWN"
  })
  void aCouponThatIsNotValidRejectsTheOrder(String coupon, String code) {
    assertThat(
            rejected(withCoupon(document(line("mug", 1)), coupon), code)
                .reason()
                .orElseThrow()
                .message())
        .contains(coupon);
  }

  @Test
  void aCouponThatTakesNothingOffRejectsTheOrder() {
    rejected(withCoupon(document(line("parcel", 1)), "TEN"), "COUPON_NOT_VALID");
  }

  @Test
  void anUnknownArticleRejectsTheOrder() {
    rejected(document(line("mug", 1), line("unicorn", 1)), "UNKNOWN_ARTICLE");
  }

  @Test
  void aPriceThatDiffersRejectsTheOrderAndNamesBoth() {
    OrderDocument document = document(stated("mug", "12.00", null));
    assertThat(rejected(document, "PRICE_DIFFERS").reason().orElseThrow().message())
        .isEqualTo("mug costs 12.5, not 12.00; place the order again with that");
    assertThat(shop.accept(document(stated("mug", "12.5", null))).status())
        .isEqualTo(OrderStatus.PLACED);
    rejected(document(stated("tool", "9.99", new BigDecimal("7"))), "PRICE_DIFFERS");
  }

  private static OrderDocument.Line stated(String article, String price, BigDecimal rate) {
    return new OrderDocument.Line(
        article, 1, Optional.of(new BigDecimal(price)), null, Optional.ofNullable(rate), null);
  }

  @Test
  void anotherCurrencyRejectsTheOrder() {
    OrderDocument euros = document(line("mug", 1));
    OrderDocument dollars =
        new OrderDocument(
            euros.key(),
            euros.customer(),
            euros.recipient(),
            CurrencyUnit.USD,
            euros.lines(),
            null,
            euros.payment(),
            null);
    rejected(dollars, "CURRENCY_DIFFERS");
  }

  @Test
  void moreThanAnOrderCanCarryRejectsIt() {
    rejected(document(line("gold", 2)), "AMOUNT_TOO_LARGE");
    rejected(document(line("gold", 1), line("mug", 1)), "AMOUNT_TOO_LARGE");
  }

  @Test
  void howTheCustomerIsWaitedForIsPartOfThePlanWhereTheyHaveToAct() {
    OrderDocument waits = paidBy(document(line("mug", 1)), "waits");
    OrderDocument atOnce = paidBy(document(line("mug", 1)), "test");

    assertThat(shop.accept(waits).plan().orElseThrow().payment().waiting()).contains(Shop.WAIT);
    assertThat(shop.accept(atOnce).plan().orElseThrow().payment().waiting()).isEmpty();
  }

  private static OrderDocument paidBy(OrderDocument document, String channel) {
    return new OrderDocument(
        document.key(),
        document.customer(),
        document.recipient(),
        document.currency(),
        document.lines(),
        null,
        new OrderDocument.Payment(Optional.of(channel), "approve"),
        null);
  }

  @Test
  void anUnknownChannelRejectsTheOrder() {
    rejected(paidBy(document(line("mug", 1)), "barter"), "UNKNOWN_CHANNEL");
  }

  @Test
  void anOrderThatWasTakenUnderOlderRulesStaysTaken() {
    OrderDocument good = document(line("mug", 1));
    OrderDocument document =
        new OrderDocument(
            good.key(),
            good.customer(),
            new OrderDocument.Recipient("Name", "name@intranet", null),
            good.currency(),
            good.lines(),
            null,
            good.payment(),
            null);
    OrderId id = OrderId.ofKey(document.key());
    Assessment assessment = shop.get(Assessor.class).assess(document);
    var placed = new Placements.Placed(id, document, assessment, Duration.ofDays(14));
    shop.get(Transactions.class).in(tx -> shop.get(Placements.class).insert(tx, placed));

    assertThat(shop.accept(document).status()).isEqualTo(OrderStatus.PLACED);
  }

  @Test
  void aDocumentThatBreaksARuleIsNotWrittenDown() {
    OrderDocument document = document();
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> shop.accept(document));
    assertThat(failure.getType()).isEqualTo("INVALID_ORDER");
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(
            database.number(
                "select count(*) from sales_order where client_key = '" + document.key() + "'"))
        .isZero();
  }

  @Test
  void theCallersPricesAreTakenWhereConfigured() {
    Shop trusting =
        new Shop(
            database,
            Shop.Config.usual()
                .with(new OrderConfig(PriceSource.CALLER, null, null, null, null, null)));
    Acceptance acceptance = trusting.accept(document(stated("anything", "3.00", null)));
    assertThat(acceptance.plan().orElseThrow().total()).isEqualTo(Money.parse("EUR 3.00"));
    assertThat(trusting.accept(document(line("mug", 1))).reason().orElseThrow().code())
        .isEqualTo("PRICE_MISSING");
  }

  @Test
  void aLargeOrderWaitsForApprovalAndAGoodOneIsRewarded() {
    OrderConfig config =
        new OrderConfig(
            null,
            List.of(Money.parse("EUR 500.00"), Money.parse("USD 1.00")),
            Duration.ofHours(4),
            Optional.of(
                new OrderConfig.RewardRule("thanks", Optional.of(Money.parse("EUR 600.00")))),
            null,
            null);
    Shop careful = new Shop(database, Shop.Config.usual().with(config));
    OrderPlan large = careful.accept(document(line("desk", 1))).plan().orElseThrow();
    assertThat(large.payment().hold()).contains(Duration.ofHours(4));
    assertThat(large.reward()).contains("thanks");
    OrderPlan small = careful.accept(document(line("mug", 1))).plan().orElseThrow();
    assertThat(small.payment().hold()).isEmpty();
    assertThat(small.reward()).isEmpty();
  }

  @Test
  void nobodyIsWaitedForLongerThanTheAuthorizationLasts() {
    OrderConfig patient =
        new OrderConfig(
            null, List.of(Money.parse("EUR 500.00")), Duration.ofDays(30), null, null, null);
    Shop careful = new Shop(database, Shop.Config.usual().with(patient));

    OrderPlan large = careful.accept(document(line("desk", 1))).plan().orElseThrow();

    // The channel holds an amount for three days; six hours are left to void it.
    assertThat(large.payment().hold()).contains(Duration.ofHours(66));
  }
}
