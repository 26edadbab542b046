package dev.orderflow.activities.risk;

import static dev.orderflow.activities.Shop.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.util.Modules;
import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.AtOnce;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.activities.order.OrderConfig;
import dev.orderflow.activities.risk.VelocityRule.Action;
import dev.orderflow.activities.risk.VelocityRule.Per;
import dev.orderflow.workflows.order.Acceptance;
import dev.orderflow.workflows.order.CustomerId;
import dev.orderflow.workflows.order.OrderDocument;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.payment.PaymentPlan;
import dev.orderflow.workflows.saga.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RiskTest {

  @RegisterExtension static final TestDatabase database = new TestDatabase();

  private static final Duration HOUR = Duration.ofHours(1);
  private static final AtomicInteger CUSTOMERS = new AtomicInteger();

  private CustomerId customer;
  private String token;

  @BeforeAll
  static void open() {
    Shop shop = Shop.usual(database);
    shop.sells("mug", "10.00", 1000);
    shop.sells("pen", "2.00", 1000);
    shop.sells("book", "20.00", 1000);
    shop.sells("leaflet", "0.00", 1000);
  }

  @BeforeEach
  void anotherCustomer() {
    database.execute("delete from risk_trace");
    int n = CUSTOMERS.incrementAndGet();
    customer = new CustomerId("c-risk-" + n);
    token = "tok_" + n;
  }

  private static Shop shop(VelocityRule... rules) {
    return new Shop(database, Shop.Config.usual().with(new RiskConfig(List.of(rules))));
  }

  private static VelocityRule orders(Per per, int orders, Action action) {
    return new VelocityRule(per, HOUR, Optional.of(orders), null, null, action);
  }

  private OrderDocument order(OrderDocument.Line... lines) {
    return by(customer, Optional.empty(), lines);
  }

  private OrderDocument by(CustomerId who, Optional<String> channel, OrderDocument.Line... lines) {
    OrderDocument usual = Shop.document(lines);
    return new OrderDocument(
        usual.key(),
        who,
        usual.recipient(),
        usual.currency(),
        usual.lines(),
        null,
        new OrderDocument.Payment(channel, token),
        null);
  }

  private static PaymentPlan payment(Acceptance acceptance) {
    assertThat(acceptance.status()).isEqualTo(OrderStatus.PLACED);
    return acceptance.plan().orElseThrow().payment();
  }

  private static String rejected(Acceptance acceptance) {
    assertThat(acceptance.status()).isEqualTo(OrderStatus.REJECTED);
    assertThat(acceptance.plan()).isEmpty();
    return acceptance.reason().orElseThrow().toString();
  }

  @Test
  void theOrderBeyondTheLimitOfItsCustomerIsDeniedAndStaysSo() {
    Shop shop = shop(orders(Per.CUSTOMER, 2, Action.DENY));
    assertThat(payment(shop.accept(order(line("mug", 1)))).hold()).isEmpty();
    payment(shop.accept(order(line("mug", 1))));

    OrderDocument third = order(line("mug", 1));
    assertThat(rejected(shop.accept(third)))
        .isEqualTo("VELOCITY: more than 2 orders of one customer within 1h");

    assertThat(rejected(shop.accept(third))).as("again").startsWith("VELOCITY");
    payment(shop.accept(by(new CustomerId("c-somebody-else"), Optional.empty(), line("mug", 1))));
  }

  @Test
  void anAcceptedOrderIsNotCountedAgainstItself() {
    Shop shop = shop(orders(Per.CUSTOMER, 1, Action.DENY));
    OrderDocument only = order(line("mug", 1));
    Acceptance first = shop.accept(only);

    assertThat(shop.accept(only)).isEqualTo(first);
    assertThat(first.status()).isEqualTo(OrderStatus.PLACED);
  }

  @Test
  void aDeniedOrderIsNotCountedAndOldOnesAreForgotten() {
    Shop shop = shop(orders(Per.CUSTOMER, 1, Action.DENY));
    payment(shop.accept(order(line("mug", 1))));
    rejected(shop.accept(order(line("mug", 1))));
    database.execute(
        "update risk_trace set placed_at = now() - interval '61 minutes' where subject = '"
            + customer
            + "'");

    payment(shop.accept(order(line("mug", 1))));

    assertThat(traces()).isEqualTo(2);
    shop.sweep();
    assertThat(traces()).as("swept").isEqualTo(1);
  }

  @Test
  void onceThereIsNoRuleAnyMoreNothingIsRememberedOfAnybody() {
    payment(shop(orders(Per.CUSTOMER, 1, Action.DENY)).accept(order(line("mug", 1))));
    assertThat(traces()).isOne();

    shop().sweep();

    assertThat(traces()).isZero();
  }

  private long traces() {
    return database.number("select count(*) from risk_trace where subject = '" + customer + "'");
  }

  @Test
  void theSameMeansOfPaymentIsRecognisedAcrossCustomersWithoutItsToken() {
    Shop shop = shop(orders(Per.PAYMENT, 1, Action.HOLD));
    payment(shop.accept(order(line("mug", 1))));

    CustomerId other = new CustomerId(customer.value() + "-b");
    PaymentPlan held = payment(shop.accept(by(other, Optional.empty(), line("mug", 1))));

    assertThat(held.hold()).contains(OrderConfig.defaults().holdFor());
    assertThat(held.holdReason())
        .contains(new Reason("VELOCITY", "more than 1 order with one means of payment within 1h"));
    assertThat(
            database.number("select count(*) from risk_trace where subject like '%" + token + "%'"))
        .isZero();
    assertThat(
            database.number(
                "select count(*) from risk_trace where subject = '"
                    + RiskFacts.payment("test", token)
                    + "'"))
        .isEqualTo(2);
  }

  @Test
  void theQuantityOfAnArticleIsCountedOverLinesAndOrders() {
    Shop shop = shop(new VelocityRule(Per.ARTICLE, HOUR, null, Optional.of(5), null, Action.DENY));
    payment(shop.accept(order(line("pen", 2), line("pen", 1), line("mug", 1))));
    payment(shop.accept(order(line("pen", 2))));

    assertThat(rejected(shop.accept(order(line("mug", 1), line("pen", 1)))))
        .contains("more than 5 pieces of one article");
    payment(shop.accept(order(line("mug", 3))));
  }

  @Test
  void anAmountIsReachedButNotExceeded() {
    Money limit = Money.parse("EUR 50.00");
    Shop shop =
        shop(new VelocityRule(Per.CUSTOMER, HOUR, null, null, Optional.of(limit), Action.DENY));
    payment(shop.accept(order(line("book", 1))));
    payment(shop.accept(order(line("mug", 3))));
    assertThat(rejected(shop.accept(order(line("pen", 1))))).contains("more than EUR 50.00");
  }

  @RepeatedTest(4)
  void twoOrdersAtOnceDoNotBothFindTheLastRoom() {
    Shop shop = shop(orders(Per.CUSTOMER, 3, Action.DENY), orders(Per.ARTICLE, 1000, Action.DENY));
    // Articles in either order, so that locks taken as they come would wait for each other.
    List<Callable<Acceptance>> eight =
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    n % 2 == 0
                        ? order(line("mug", 1), line("pen", 1))
                        : order(line("pen", 1), line("mug", 1)))
            .map(document -> (Callable<Acceptance>) () -> shop.accept(document))
            .toList();
    shop.accept(by(new CustomerId("c-first"), Optional.empty(), line("mug", 1)));

    List<AtOnce.Result<Acceptance>> results = AtOnce.run(eight);

    assertThat(results).allMatch(result -> result.failure() == null);
    assertThat(results).filteredOn(r -> r.value().status() == OrderStatus.PLACED).hasSize(3);
  }

  @Test
  void whereNothingCanBeSetAsideAHoldRejects() {
    Shop shop = shop(orders(Per.CUSTOMER, 1, Action.HOLD));
    payment(shop.accept(order(line("mug", 1))));

    assertThat(rejected(shop.accept(by(customer, Optional.of("waits"), line("mug", 1)))))
        .endsWith("; waits can't hold an amount for a review");
    assertThat(rejected(shop.accept(order(line("leaflet", 1)))))
        .endsWith("; an order that costs nothing is not held for a review");
  }

  @Test
  void theStrictestOfTheShopsOwnChecksCounts() {
    Reason odd = new Reason("ODD_HOUR", "ordered at night");
    Reason known = new Reason("KNOWN_FRAUD", "the means of payment is on the shop's list");
    Module checks =
        own(
            facts -> Verdict.allow(),
            facts -> new Verdict.Hold(odd),
            facts ->
                facts.payment().equals(RiskFacts.payment("test", "tok_listed"))
                    ? new Verdict.Deny(known)
                    : Verdict.allow());
    Shop shop = new Shop(database, Shop.Config.usual(), checks);

    PaymentPlan held = payment(shop.accept(order(line("mug", 1))));
    assertThat(held.holdReason()).contains(odd);

    token = "tok_listed";
    assertThat(rejected(shop.accept(order(line("mug", 1))))).isEqualTo(known.toString());
  }

  private static Module own(RiskCheck... checks) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        for (RiskCheck check : checks) {
          Multibinder.newSetBinder(binder(), RiskCheck.class).addBinding().toInstance(check);
        }
      }
    };
  }

  @Test
  void withoutRulesNothingIsWritten() {
    Shop shop = new Shop(database, Shop.Config.usual(), Modules.EMPTY_MODULE);
    PaymentPlan plan = payment(shop.accept(order(line("mug", 1))));

    assertThat(plan.holdReason()).isEmpty();
    assertThat(traces()).isZero();
  }

  @Test
  void aRuleHasOneLimit() {
    assertThatThrownBy(() -> new VelocityRule(Per.CUSTOMER, HOUR, null, null, null, Action.DENY))
        .hasMessage("orders: write exactly one of orders, quantity, amount");
    assertThatThrownBy(
            () ->
                new VelocityRule(
                    Per.CUSTOMER, HOUR, Optional.of(1), Optional.of(1), null, Action.DENY))
        .hasMessage("orders: write exactly one of orders, quantity, amount");
    assertThatThrownBy(() -> orders(Per.CUSTOMER, 0, Action.DENY))
        .hasMessage("orders: 0 is not above 0");
    assertThatThrownBy(() -> orders(null, 1, Action.DENY)).hasMessage("per: is missing");
  }
}
