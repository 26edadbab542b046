package dev.orderflow.dev.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.dev.Directory;
import dev.orderflow.dev.LocalOptions;
import dev.orderflow.dev.LocalSystem;
import dev.orderflow.workflows.order.Decision;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.OrderView;
import dev.orderflow.workflows.order.Review.Choice;
import dev.orderflow.workflows.payment.PaymentBalance;
import dev.orderflow.workflows.payment.PaymentChoice;
import dev.orderflow.workflows.payment.RefundRequest;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider does of its own after a payment, on the real Temporal, by the provider's log. */
class UnaskedMoneyTest {

  private static final Decision OPERATOR =
      new Decision("op", Decision.Role.OPERATOR, "looked at it");
  private static final Money NOTHING = Money.zero(CurrencyUnit.EUR);
  private static final Money BEANS = Money.parse("EUR 18.90");

  @TempDir private static Path folder;
  private static LocalSystem system;
  private static Stage stage;

  @BeforeAll
  static void start() throws Exception {
    system =
        LocalSystem.start(
            LocalOptions.throwAway(new Directory(folder.toRealPath()))
                .configuring("\n[payment.waiting]\ndeadline = \"10m\"\n"));
    stage = Stage.open(system);
    Shop.open(system.addresses());
  }

  @AfterAll
  static void stop() {
    stage.close();
    system.close();
  }

  private static Scenario beans(String key) {
    return Scenario.named(key).buys(1, Shop.BEANS);
  }

  private static OrderId completed(Scenario scenario) throws InterruptedException {
    OrderId order = stage.place(Shop.document(scenario));
    new Act.AwaitCompletion().carryOut(stage, order);
    return order;
  }

  private static String charge(OrderId order) throws InterruptedException {
    return stage.logs().movements(order).stream()
        .filter(movement -> movement.kind() == Movement.Kind.CHARGE)
        .findFirst()
        .orElseThrow()
        .id();
  }

  /** What the provider has of the order. */
  private static Money held(OrderId order) throws InterruptedException {
    return MoneyBook.balance(stage.logs().movements(order), Money.zero(CurrencyUnit.EUR));
  }

  private static PaymentBalance balance(OrderId order) {
    return stage.show(order).balance().orElseThrow();
  }

  /** Somebody does something in the provider's own dashboard. */
  private static void dashboard(String path, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(system.addresses().sandbox().resolve("/dashboard/" + path))
            .header(
                "Authorization",
                "Bearer " + Files.readString(system.addresses().sandboxApiKeyFile()).strip())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aRefundMadeInTheDashboardIsLeftOutOfWhatACancelGivesBack() throws Exception {
    OrderId order = completed(beans("odd-dashboard"));

    dashboard("refunds", "{\"charge\": \"%s\", \"amount\": 500}".formatted(charge(order)));
    stage.await("it to be booked", () -> isReturned(order, "EUR 5.00"));
    stage.cancel(order, OPERATOR);

    OrderView view = stage.show(order);
    assertThat(view.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(view.balance().orElseThrow().refunded()).isEqualTo(Money.parse("EUR 13.90"));
    assertThat(held(order)).isEqualTo(Money.zero(CurrencyUnit.EUR));
  }

  private static boolean isReturned(OrderId order, String amount) {
    return stage
        .show(order)
        .balance()
        .filter(balance -> balance.returned().equals(Money.parse(amount)))
        .isPresent();
  }

  @Test
  void aRefundThatComesBackIsMadeAnewOnceAPersonSaysSo() throws Exception {
    OrderId order = completed(beans("odd-failed").pays("refund-fails:500"));
    stage.refund(
        order, new RefundRequest("a", new RefundRequest.Amount(Money.parse("EUR 4.00")), OPERATOR));

    new Act.AwaitStatus(OrderStatus.IN_REVIEW).carryOut(stage, order);
    assertThat(held(order)).isEqualTo(BEANS);
    assertThat(balance(order).refunded()).as("whoever decides sees it").isEqualTo(NOTHING);
    stage.decide(order, Choice.RETRY, OPERATOR);
    new Act.AwaitCompletion().carryOut(stage, order);

    assertThat(held(order)).isEqualTo(Money.parse("EUR 14.90"));
    assertThat(balance(order).left()).isEqualTo(Money.parse("EUR 14.90"));
  }

  @Test
  void anotherAmountThanAskedForIsADeclineAndGivenBackOnceAPersonSaysSo() throws Exception {
    OrderId order = stage.place(Shop.document(beans("odd-amount").paysByWallet("async-never")));
    new Act.AwaitStatus(OrderStatus.AWAITING_PAYMENT).carryOut(stage, order);

    dashboard("payments", "{\"charge\": \"%s\", \"amount\": 1000}".formatted(charge(order)));
    new Act.AwaitDeclined().carryOut(stage, order);
    assertThat(stage.show(order).reason().orElseThrow().code()).isEqualTo("AMOUNT_DIFFERS");
    stage.pay(order, new PaymentChoice(Optional.empty(), "async:100"));
    new Act.AwaitStatus(OrderStatus.IN_REVIEW).carryOut(stage, order);
    Money both = BEANS.plus(Money.parse("EUR 10.00"));
    assertThat(held(order)).isEqualTo(both);
    assertThat(balance(order).left()).as("whoever decides sees it").isEqualTo(both);
    stage.decide(order, Choice.RETRY, OPERATOR);
    new Act.AwaitCompletion().carryOut(stage, order);

    assertThat(held(order)).isEqualTo(BEANS);
    assertThat(balance(order).captured()).isEqualTo(both);
    assertThat(balance(order).left()).isEqualTo(BEANS);
  }
}
