package dev.orderflow.activities.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orderflow.activities.Shop;
import dev.orderflow.activities.ledger.TestDatabase;
import dev.orderflow.workflows.order.OrderId;
import dev.orderflow.workflows.order.OrderStatus;
import dev.orderflow.workflows.order.UndoPlan.Undo;
import dev.orderflow.workflows.payment.PaymentActivities.Payment;
import dev.orderflow.workflows.payment.PaymentActivities.Reversal;
import dev.orderflow.workflows.saga.Outcome;
import dev.orderflow.workflows.saga.Outcome.State;
import dev.orderflow.workflows.saga.Reason;
import dev.orderflow.workflows.saga.Step;
import dev.orderflow.workflows.saga.StepKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.joda.money.Money;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An order is taken back whose authorization somebody has captured in the dashboard. */
class CapturedByHandTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static Shop shop;

  @TempDir Path folder;
  private OrderId order;
  private SandboxTill till;
  private StepKey authorize;
  private StepKey receive;

  @BeforeAll
  static void open() {
    shop = Shop.usual(DATABASE);
    shop.sells("mug", "12.34", 1000);
  }

  @BeforeEach
  void start() {
    order = shop.reserved("mug", 1);
    till = new SandboxTill(DATABASE, folder, order, Optional.empty());
    authorize = StepKey.of(order, Step.AUTHORIZE);
    receive = StepKey.of(order, Step.RECEIVE);
  }

  @AfterEach
  void stop() {
    till.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {SandboxChannel.NAME, SandboxChannel.PLAIN})
  void whatWasTakenIsBookedByTheVoidAndGivenBackByTheNextAttempt(String channel) {
    authorized(channel);
    till.byHand("captures", "{\"authorization\":\"%s\"}".formatted(reference()));
    Undo first = only(takeBack());

    Outcome refused = undo(first);

    assertThat(refused.reason().map(Reason::code)).contains(PaymentChannel.ALREADY_CAPTURED);
    assertThat(undo(first)).isEqualTo(refused);
    List<Undo> next = takeBack();
    assertThat(next).extracting(Undo::forward).containsExactly(receive, authorize);
    assertThat(next).allSatisfy(undo -> assertThat(undo.held()).isEmpty());
    assertThat(next).extracting(undo -> undo(undo).state()).containsOnly(State.SUCCEEDED);
    assertThat(takeBack()).isEmpty();
    assertThat(till.done("refund"))
        .singleElement()
        .satisfies(refund -> assertThat(refund.path("amount").asLong()).isEqualTo(1234));
    assertThat(till.payments.balance(order).orElseThrow().left()).isEqualTo(Money.parse("EUR 0"));
    assertThat(till.payments.observe(order).undos()).isEmpty();
  }

  @Test
  void aPartThatWasTakenIsHeldForAPerson() {
    authorized(SandboxChannel.NAME);
    till.byHand("captures", "{\"authorization\":\"%s\",\"amount\":1000}".formatted(reference()));
    undo(only(takeBack()));

    List<Undo> next = takeBack();

    assertThat(next).extracting(Undo::forward).containsExactly(receive, authorize);
    assertThat(next.get(0).held().map(Reason::code)).contains(Reason.AMOUNT_DIFFERS);
    assertThat(undo(next.get(1))).isEqualTo(Outcome.succeeded());
    assertThat(undo(next.get(0)).state()).isEqualTo(State.SUCCEEDED);
    assertThat(takeBack()).isEmpty();
    assertThat(till.done("refund"))
        .singleElement()
        .satisfies(refund -> assertThat(refund.path("amount").asLong()).isEqualTo(1000));
  }

  private void authorized(String channel) {
    Payment payment = new Payment(authorize, channel, "approve", SandboxTill.AMOUNT);
    assertThat(till.payments.authorize(payment).outcome().state()).isEqualTo(State.SUCCEEDED);
  }

  private String reference() {
    return till.ledger.find(authorize).orElseThrow().reference().orElseThrow();
  }

  private List<Undo> takeBack() {
    return shop.beginUndo(order, OrderStatus.CANCELLED).undos().stream()
        .filter(undo -> undo.key().step() == Step.REFUND || undo.key().step() == Step.VOID)
        .toList();
  }

  private static Undo only(List<Undo> undos) {
    assertThat(undos).hasSize(1);
    return undos.get(0);
  }

  private Outcome undo(Undo undo) {
    Reversal reversal = new Reversal(undo.key(), undo.forward());
    return undo.key().step() == Step.VOID
        ? till.payments.voidAuthorization(reversal)
        : till.payments.refund(reversal);
  }
}
